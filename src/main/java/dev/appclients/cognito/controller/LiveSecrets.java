package dev.appclients.cognito.controller;

import dev.appclients.cognito.secret.ManagedFields;
import dev.appclients.cognito.secret.Marks;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Secrets on the API server. A create and an update carry no field manager of their own: the API server takes it from the
 * client's user agent, which therefore must be {@link Marks#FIELD_MANAGER}.
 */
final class LiveSecrets implements SecretStore {

    private final KubernetesClient kubernetes;
    private final Informers informers;

    LiveSecrets(KubernetesClient kubernetes, Informers informers) {
        this.kubernetes = kubernetes;
        this.informers = informers;
    }

    @Override
    public void rehearseCreate(Secret manifest) {
        kubernetes.resource(manifest).dryRun().create();
    }

    @Override
    public void create(Secret manifest) {
        informers.wrote(kubernetes.resource(manifest).create());
    }

    @Override
    public @Nullable Secret read(String namespace, String name) {
        return kubernetes.secrets().inNamespace(namespace).withName(name).get();
    }

    @Override
    public void apply(Secret manifest, Secret live) {
        Secret base = takeOverFields(live);
        Secret bound = new SecretBuilder(manifest)
                .editMetadata()
                .withResourceVersion(base.getMetadata().getResourceVersion())
                .endMetadata()
                .build();
        Secret written = kubernetes
                .resource(bound)
                .fieldManager(Marks.FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
        informers.wrote(dropStaleClaims(written));
    }

    /** A create left an entry that co-owns every key; an apply could never remove one as long as it stands. */
    private Secret takeOverFields(Secret live) {
        return ManagedFields.asApplied(live)
                .map(fields -> withManagedFields(live, fields))
                .orElse(live);
    }

    /** Somebody's claim by {@code stringData} outlives the restore, and would read as tampering for ever. */
    private Secret dropStaleClaims(Secret written) {
        SortedSet<String> keys = new TreeSet<>(written.getData().keySet());
        return ManagedFields.withoutStringDataClaims(written, keys)
                .map(fields -> withManagedFields(written, fields))
                .orElse(written);
    }

    /** Only onto the version that was read: anything newer is a conflict. */
    private Secret withManagedFields(Secret secret, List<ManagedFieldsEntry> fields) {
        String patch = kubernetes
                .getKubernetesSerialization()
                .asJson(List.of(
                        Map.of(
                                "op",
                                "replace",
                                "path",
                                "/metadata/resourceVersion",
                                "value",
                                secret.getMetadata().getResourceVersion()),
                        Map.of("op", "replace", "path", "/metadata/managedFields", "value", fields)));
        return kubernetes
                .secrets()
                .inNamespace(secret.getMetadata().getNamespace())
                .withName(secret.getMetadata().getName())
                .patch(PatchContext.of(PatchType.JSON), patch);
    }

    @Override
    public void delete(Secret live) {
        try {
            kubernetes
                    .resource(live)
                    .lockResourceVersion(live.getMetadata().getResourceVersion())
                    .delete();
        } catch (KubernetesClientException e) {
            if (!KubernetesFailure.isNotFound(e)) {
                throw e;
            }
        }
    }
}
