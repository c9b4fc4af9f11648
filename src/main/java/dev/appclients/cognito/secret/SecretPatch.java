package dev.appclients.cognito.secret;

import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.secret.fields.FieldOwnership;
import dev.appclients.cognito.secret.fields.ManagedFields;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /**
     * The patch, bound to the UID and the resource version of the inspected Secret: if the Secret was changed or replaced since,
     * the API server refuses it with 409, or with 422 for another UID alone. An entry that the operator wrote before and the
     * request no longer has is removed.
     *
     * @param secret as for {@link SecretManifest#of}
     * @param inspected read from the API server with all its managed fields
     */
    public static Map<String, Object> of(SecretRequest request, @Nullable ClientSecret secret, Secret inspected) {
        Secret desired = SecretManifest.of(request, secret);
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
                                fields.ownedNames(FieldOwnership.METADATA, FieldOwnership.ANNOTATIONS)),
                "ownerReferences", ownerReferences(request, wanted, present)));
        ManagedFields.correctedFor(desired, inspected).ifPresent(corrected -> metadata.put("managedFields", corrected));
        return Map.of("metadata", metadata, "data", changes(desired.getData(), fields.ownedNames(FieldOwnership.DATA)));
    }

    /** In a merge patch, null removes an entry. */
    private static SortedMap<String, @Nullable String> changes(Map<String, String> wanted, SortedSet<String> owned) {
        SortedMap<String, @Nullable String> changes = new TreeMap<>(wanted);
        owned.forEach(name -> changes.putIfAbsent(name, null));
        return changes;
    }

    /** A merge patch replaces a list as a whole, so the references of others are repeated. */
    private static List<OwnerReference> ownerReferences(SecretRequest request, ObjectMeta wanted, ObjectMeta present) {
        return Stream.concat(
                        Objects.requireNonNullElse(present.getOwnerReferences(), List.<OwnerReference>of()).stream()
                                .filter(reference -> !request.owner().uid().equals(reference.getUid())),
                        wanted.getOwnerReferences().stream())
                .toList();
    }
}
