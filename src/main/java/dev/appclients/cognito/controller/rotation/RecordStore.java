package dev.appclients.cognito.controller.rotation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.controller.rotation.StoredRecord.Absent;
import dev.appclients.cognito.controller.rotation.StoredRecord.Foreign;
import dev.appclients.cognito.controller.rotation.StoredRecord.Found;
import dev.appclients.cognito.controller.rotation.StoredRecord.Newer;
import dev.appclients.cognito.controller.rotation.StoredRecord.Unusable;
import dev.appclients.cognito.controller.rotation.StoredRecord.Version;
import dev.appclients.cognito.controller.secret.SecretChanged;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.SecretTypes;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.rotation.RecordText;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.rotation.RotationValues;
import dev.appclients.cognito.secret.fields.FieldOwnership;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The record Secrets {@code rotation-<10 hex digits of the UID>} on the API server. They are not cached, so that no value stays in
 * memory. Every write is bound to the version that was read.
 */
final class RecordStore {

    private static final String PREFIX = "rotation-";
    private static final String STATE = "state";

    private final KubernetesClient kubernetes;

    RecordStore(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    /** The name of the client's record Secret. */
    static String name(String clientUid) {
        return PREFIX + ClientName.suffix(clientUid).substring(1);
    }

    /** Reads the client's record. */
    StoredRecord read(UserPoolClient client) {
        ObjectMeta meta = client.getMetadata();
        Secret live = kubernetes
                .secrets()
                .inNamespace(meta.getNamespace())
                .withName(name(meta.getUid()))
                .get();
        return live == null || live.getMetadata().getDeletionTimestamp() != null ? new Absent() : stored(client, live);
    }

    /**
     * Creates the client's record.
     *
     * @throws SecretChanged if there is one already
     */
    Found create(UserPoolClient client, RotationRecord rotation, RotationValues values) {
        Secret manifest = manifest(client, rotation, values);
        return orChanged(client, () -> found(kubernetes.resource(manifest).create(), rotation, values));
    }

    /**
     * Changes the client's record.
     *
     * @param changes the new values by key; empty for a key to remove. Other keys stay as they are
     * @return the new version with its values
     * @throws SecretChanged if the record is no longer at the version, so the decision may be wrong
     */
    Found write(
            UserPoolClient client,
            Version version,
            RotationRecord rotation,
            Map<RecordKey, Optional<ClientSecret>> changes) {
        Map<String, @Nullable String> data = new HashMap<>();
        data.put(STATE, encoded(RecordText.of(rotation)));
        changes.forEach((key, value) -> data.put(
                key.text(), value.map(secret -> encoded(secret.reveal())).orElse(null)));
        Map<String, Object> patch = Map.of(
                "metadata", Map.of("uid", version.uid(), "resourceVersion", version.resourceVersion()), "data", data);
        return orChanged(client, () -> {
            Secret written = kubernetes
                    .secrets()
                    .resource(reference(client))
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            kubernetes.getKubernetesSerialization().asJson(patch));
            return found(written, rotation, values(written));
        });
    }

    /** Deletes a record that another writer changed. */
    void delete(UserPoolClient client, Version version) {
        Secret reference = reference(client);
        reference.getMetadata().setUid(version.uid());
        reference.getMetadata().setResourceVersion(version.resourceVersion());
        orChanged(
                client,
                () -> kubernetes
                        .resource(reference)
                        .lockResourceVersion(version.resourceVersion())
                        .delete());
    }

    private static <T> T orChanged(UserPoolClient client, Supplier<T> write) {
        String record = "Secret '" + name(client.getMetadata().getUid()) + "'";
        try {
            return write.get();
        } catch (KubernetesClientException e) {
            if (KubernetesFailure.isStale(e)) {
                throw new SecretChanged(record);
            }
            throw KubernetesFailure.whileWriting(record, e);
        }
    }

    private static StoredRecord stored(UserPoolClient client, Secret live) {
        ObjectMeta meta = live.getMetadata();
        Map<String, String> labels = meta.getLabels() == null ? Map.of() : meta.getLabels();
        boolean isOurs = client.getMetadata().getUid().equals(labels.get(Marks.ROTATION_OF))
                && SecretTypes.ROTATION.equals(live.getType());
        if (!isOurs) {
            return new Foreign();
        }
        Version version = new Version(meta.getUid(), meta.getResourceVersion());
        Optional<String> state = text(live, STATE);
        if (state.isEmpty() || !isUntampered(live)) {
            return new Unusable(version);
        }
        return switch (RecordText.parse(state.get())) {
            case RecordText.Usable(RotationRecord rotation) -> new Found(rotation, version, values(live));
            case RecordText.Newer newer -> new Newer(version);
            case RecordText.Malformed malformed -> new Unusable(version);
        };
    }

    private static boolean isUntampered(Secret live) {
        SortedSet<String> keys = new TreeSet<>(live.getData().keySet());
        return FieldOwnership.of(live).unproven(keys).isEmpty();
    }

    private static Found found(Secret live, RotationRecord rotation, RotationValues values) {
        ObjectMeta meta = live.getMetadata();
        return new Found(rotation, new Version(meta.getUid(), meta.getResourceVersion()), values);
    }

    private static RotationValues values(Secret live) {
        return new RotationValues(
                secret(live, RecordKey.CURRENT), secret(live, RecordKey.NEXT), secret(live, RecordKey.PREVIOUS));
    }

    private static @Nullable ClientSecret secret(Secret live, RecordKey key) {
        return text(live, key.text())
                .filter(value -> !value.isEmpty())
                .map(ClientSecret::new)
                .orElse(null);
    }

    private static Optional<String> text(Secret live, String key) {
        Map<String, String> data = live.getData();
        String encoded = data == null ? null : data.get(key);
        try {
            return Optional.ofNullable(encoded)
                    .map(text -> new String(Base64.getDecoder().decode(text), UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static Secret reference(UserPoolClient client) {
        ObjectMeta meta = client.getMetadata();
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(meta.getNamespace())
                .withName(name(meta.getUid()))
                .endMetadata()
                .build();
    }

    private static Secret manifest(UserPoolClient client, RotationRecord rotation, RotationValues values) {
        Map<String, String> data = new TreeMap<>();
        data.put(STATE, encoded(RecordText.of(rotation)));
        putIfKnown(data, RecordKey.CURRENT, values.current());
        putIfKnown(data, RecordKey.NEXT, values.next());
        putIfKnown(data, RecordKey.PREVIOUS, values.previous());
        ObjectMeta meta = client.getMetadata();
        return new SecretBuilder(reference(client))
                .editMetadata()
                .addToLabels(Marks.ROTATION_OF, meta.getUid())
                .addToLabels(Marks.MANAGED_BY, Marks.FIELD_MANAGER)
                .addToAnnotations(Marks.CLIENT, meta.getNamespace() + "/" + meta.getName())
                .addNewOwnerReference()
                .withApiVersion(client.getApiVersion())
                .withKind(client.getKind())
                .withName(meta.getName())
                .withUid(meta.getUid())
                .withController(true)
                .withBlockOwnerDeletion(false)
                .endOwnerReference()
                .endMetadata()
                .withType(SecretTypes.ROTATION)
                .withData(data)
                .build();
    }

    private static void putIfKnown(Map<String, String> data, RecordKey key, @Nullable ClientSecret value) {
        if (value != null) {
            data.put(key.text(), encoded(value.reveal()));
        }
    }
}
