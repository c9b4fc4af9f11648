package dev.appclients.cognito.secret;

import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.secret.content.GeneratedKeys;
import dev.appclients.cognito.secret.fields.FieldOwnership;
import dev.appclients.cognito.secret.fields.ManagedFields;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON merge patch that turns an existing Secret into the requested one. It names the operator's own entries only, so that
 * the entries of other writers stay. The patch holds data: it is for the API server, never for a log or a message.
 */
public final class SecretPatch {

    private SecretPatch() {}

    /** As {@link #of(SecretRequest, ClientSecret, Secret, GeneratedKeys)}, for a shape without generated keys. */
    public static Map<String, Object> of(SecretRequest request, @Nullable ClientSecret secret, Secret inspected) {
        return of(request, secret, inspected, null);
    }

    /**
     * The patch, bound to the UID and the resource version of the inspected Secret: if the Secret was changed or replaced since,
     * the API server refuses it with 409, or with 422 for another UID alone. An entry that the operator wrote before and the
     * request no longer has is removed. A generated key that exists stays as it is.
     *
     * @param secret as for {@link SecretManifest#of}
     * @param inspected read from the API server with all its managed fields
     * @param generated as for {@link SecretManifest#of}
     */
    public static Map<String, Object> of(
            SecretRequest request, @Nullable ClientSecret secret, Secret inspected, @Nullable GeneratedKeys generated) {
        DesiredSecret wanted = new DesiredSecret(request);
        SortedSet<String> present = presentKeys(wanted, inspected);
        Secret desired = SecretManifest.of(wanted, secret, generated, present);
        return patch(request, desired, inspected, present, ManagedFields.correctedFor(desired, inspected));
    }

    /**
     * The same patch without a read, for a Secret that {@link SecretInspection} judges to be outdated or of an older version.
     *
     * @param cached stripped by {@link SecretStripper}
     * @return empty if the values are needed: another manager owns an entry of the operator, so the managed fields may need a
     *     correction. Read the Secret and use {@link #of}
     */
    public static Optional<Map<String, Object>> ofCached(
            SecretRequest request, @Nullable ClientSecret secret, Secret cached, @Nullable GeneratedKeys generated) {
        DesiredSecret wanted = new DesiredSecret(request);
        FieldOwnership fields = FieldOwnership.of(cached);
        boolean isShared = wanted.determinedKeys().stream().anyMatch(fields::othersOwnData)
                || wanted.labels().keySet().stream().anyMatch(name -> fields.othersOwn(FieldOwnership.LABELS, name))
                || wanted.annotations(wanted.inputs()).keySet().stream()
                        .anyMatch(name -> fields.othersOwn(FieldOwnership.ANNOTATIONS, name));
        SecretState state = SecretInspection.inspect(request, cached);
        boolean isRewritten =
                state instanceof SecretState.Outdated || state instanceof SecretState.CurrentOfOlderVersion;
        if (isShared || !isRewritten) {
            return Optional.empty();
        }
        SortedSet<String> present = presentKeys(wanted, cached);
        Secret desired = SecretManifest.of(wanted, secret, generated, present);
        return Optional.of(patch(request, desired, cached, present, Optional.empty()));
    }

    private static Map<String, Object> patch(
            SecretRequest request,
            Secret desired,
            Secret inspected,
            Set<String> presentKeys,
            Optional<List<ManagedFieldsEntry>> managedFields) {
        FieldOwnership fields = FieldOwnership.of(inspected);
        ObjectMeta wanted = desired.getMetadata();
        ObjectMeta present = inspected.getMetadata();
        Map<String, Object> metadata = new TreeMap<>(Map.of(
                "uid", present.getUid(),
                "resourceVersion", present.getResourceVersion(),
                "labels",
                        changes(wanted.getLabels(), fields.ownedNames(FieldOwnership.METADATA, FieldOwnership.LABELS)),
                "annotations",
                        changes(
                                wanted.getAnnotations(),
                                fields.ownedNames(FieldOwnership.METADATA, FieldOwnership.ANNOTATIONS))));
        List<OwnerReference> owners = ownerReferences(request, wanted, present);
        if (!owners.equals(references(present))) {
            metadata.put("ownerReferences", owners);
        }
        managedFields.ifPresent(corrected -> metadata.put("managedFields", corrected));
        SortedSet<String> owned = fields.ownedNames(FieldOwnership.DATA);
        owned.removeAll(presentKeys);
        return Map.of("metadata", metadata, "data", changes(desired.getData(), owned));
    }

    /** The generated keys that the Secret has. A value that a person put there stays. */
    private static SortedSet<String> presentKeys(DesiredSecret wanted, Secret observed) {
        FieldOwnership fields = FieldOwnership.of(observed);
        Map<String, String> data = Objects.requireNonNullElse(observed.getData(), Map.of());
        SortedSet<String> keys = wanted.generatedKeys();
        keys.removeIf(key -> !data.containsKey(key) && !fields.exists(key));
        return keys;
    }

    /** In a merge patch, null removes an entry. */
    private static SortedMap<String, @Nullable String> changes(Map<String, String> wanted, SortedSet<String> owned) {
        SortedMap<String, @Nullable String> changes = new TreeMap<>(wanted);
        owned.forEach(name -> changes.putIfAbsent(name, null));
        return changes;
    }

    /** A merge patch replaces a list as a whole, so the references of others are repeated. */
    private static List<OwnerReference> ownerReferences(SecretRequest request, ObjectMeta wanted, ObjectMeta present) {
        List<OwnerReference> own = references(present).stream()
                .filter(reference -> request.owner().uid().equals(reference.getUid()))
                .toList();
        return own.equals(wanted.getOwnerReferences())
                ? references(present)
                : Stream.concat(
                                references(present).stream()
                                        .filter(reference ->
                                                !request.owner().uid().equals(reference.getUid())),
                                wanted.getOwnerReferences().stream())
                        .toList();
    }

    private static List<OwnerReference> references(ObjectMeta metadata) {
        return Objects.requireNonNullElse(metadata.getOwnerReferences(), List.of());
    }
}
