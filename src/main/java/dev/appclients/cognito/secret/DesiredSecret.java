package dev.appclients.cognito.secret;

import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.content.Inputs;
import dev.appclients.cognito.secret.content.RecordedValues;
import dev.appclients.cognito.secret.content.SecretContents;
import dev.appclients.cognito.secret.content.SecretShape;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The public parts of the requested Secret. */
final class DesiredSecret {

    private final SecretRequest request;
    private final SecretContents contents;
    private final @Nullable String recordedValues;
    private @Nullable Inputs inputs;

    DesiredSecret(SecretRequest request) {
        this.request = request;
        contents = SecretContents.of(
                request.shape(),
                request.values(),
                request.confidential(),
                request.owner().namespace(),
                request.secretName());
        RecordedValues recorded = recorded(request);
        recordedValues = recorded == null ? null : recorded.annotation();
    }

    /** The values that the Secret records; null for a copy and for a ConfigMap. */
    static @Nullable RecordedValues recorded(SecretRequest request) {
        if (request.isCopy() || request.shape().configMap()) {
            return null;
        }
        String secretKey = request.confidential()
                ? Objects.requireNonNullElse(request.shape().secretKey(), "")
                : null;
        return new RecordedValues(request.values(), secretKey);
    }

    SecretRequest request() {
        return request;
    }

    SecretContents contents() {
        return contents;
    }

    /** The keys with values that the request determines. */
    SortedSet<String> determinedKeys() {
        SortedSet<String> keys = new TreeSet<>(contents.publicEntries().keySet());
        keys.addAll(contents.secretKeys());
        return keys;
    }

    /** The keys with values that the operator generates once. */
    SortedSet<String> generatedKeys() {
        SortedSet<String> keys = new TreeSet<>();
        request.shape().generate().forEach(key -> keys.add(key.key()));
        return keys;
    }

    SortedMap<String, String> labels() {
        SortedMap<String, String> labels = new TreeMap<>(request.shape().labels());
        labels.put(Marks.MANAGED_BY, Marks.FIELD_MANAGER);
        labels.put(Marks.CLIENT_UID, request.source().uid());
        labels.put(request.owner().marks().uid(), request.owner().uid());
        return labels;
    }

    /** The annotations of a Secret that was written from these inputs, with the marks of their version. */
    SortedMap<String, String> annotations(Inputs writtenFrom) {
        SortedMap<String, String> annotations = annotationsWithoutInputs(writtenFrom.version());
        annotations.put(Marks.INPUTS, writtenFrom.toString());
        return annotations;
    }

    private SortedMap<String, String> annotationsWithoutInputs(int version) {
        SortedMap<String, String> annotations = new TreeMap<>(request.shape().annotations());
        annotations.put(Marks.CLIENT, request.source().path());
        annotations.put(Marks.CLIENT_ID, request.values().clientId());
        annotations.put(request.owner().marks().path(), request.owner().path());
        if (request.clientSecretId() != null) {
            annotations.put(Marks.CLIENT_SECRET_ID, request.clientSecretId());
        }
        if (request.previousSecretId() != null) {
            annotations.put(Marks.PREVIOUS_CLIENT_SECRET_ID, request.previousSecretId());
        }
        if (version > 1 && recordedValues != null) {
            annotations.put(Marks.VALUES, recordedValues);
        }
        return annotations;
    }

    /** Whether copies are rendered from this Secret. */
    boolean recordsValues() {
        return recordedValues != null;
    }

    /**
     * The owner controls the Secret, so that no other controller takes it over. It does not block the owner's deletion: the
     * operator's finalizer orders that already, and clusters that check it would require the right to update the owner's
     * finalizers.
     */
    List<OwnerReference> ownerReferences() {
        if (!request.ownedByResource()) {
            return List.of();
        }
        SecretOwner owner = request.owner();
        return List.of(new OwnerReferenceBuilder()
                .withApiVersion(owner.apiVersion())
                .withKind(owner.kind())
                .withName(owner.name())
                .withUid(owner.uid())
                .withController(true)
                .withBlockOwnerDeletion(false)
                .build());
    }

    /** The inputs that the Secret is written from. */
    Inputs inputs() {
        Inputs known = inputs;
        if (known == null) {
            known = InputsDigest.current(
                    request, contents, labels(), annotationsWithoutInputs(Inputs.VERSION), ownerReferences());
            inputs = known;
        }
        return known;
    }

    /** The inputs as an operator of this version recorded them; null if that version could not write the requested Secret. */
    @Nullable
    Inputs inputs(int version) {
        if (version == Inputs.VERSION) {
            return inputs();
        }
        boolean isOfVersion1 = version == 1
                && request.shape().equals(SecretShape.STANDARD)
                && !request.isCopy()
                && request.clientSecretId() == null;
        return isOfVersion1
                ? InputsDigest.version1(request, contents, labels(), annotationsWithoutInputs(1), ownerReferences())
                : null;
    }
}
