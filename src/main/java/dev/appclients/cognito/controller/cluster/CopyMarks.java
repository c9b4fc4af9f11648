package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads from a Secret which object it was written for. Marks and owner references serve to find it and prove nothing. */
final class CopyMarks {

    private static final String CLAIM_KIND = "ClientSecretClaim";
    private static final String CLIENT_KIND = "UserPoolClient";

    private CopyMarks() {}

    /** Whether the Secret was written for a claim. */
    static boolean isCopy(Secret secret) {
        Map<String, String> labels = secret.getMetadata().getLabels();
        return (labels != null && labels.containsKey(Marks.CLAIM_UID))
                || Annotations.value(secret, Marks.CLAIM) != null
                || owner(secret, CLAIM_KIND) != null;
    }

    /** The claim of a copy: by annotation, else by owner reference. Another writer may have removed either. */
    static Optional<ResourceID> claimOf(Secret secret) {
        return inOwnNamespace(secret, Annotations.value(secret, Marks.CLAIM), owner(secret, CLAIM_KIND));
    }

    /** The client whose own Secret this is, found as {@link #claimOf}; empty for a copy. */
    static Optional<ResourceID> clientOf(Secret secret) {
        return isCopy(secret)
                ? Optional.empty()
                : inOwnNamespace(secret, Annotations.value(secret, Marks.CLIENT), owner(secret, CLIENT_KIND));
    }

    private static Optional<ResourceID> inOwnNamespace(
            HasMetadata secret, @Nullable String path, @Nullable String owner) {
        String namespace = secret.getMetadata().getNamespace();
        String name = path != null && path.startsWith(namespace + "/") ? path.substring(namespace.length() + 1) : owner;
        return Optional.ofNullable(name).map(found -> new ResourceID(found, namespace));
    }

    private static @Nullable String owner(Secret secret, String kind) {
        List<OwnerReference> owners = secret.getMetadata().getOwnerReferences();
        return owners == null
                ? null
                : owners.stream()
                        .filter(owner -> kind.equals(owner.getKind()))
                        .map(OwnerReference::getName)
                        .findFirst()
                        .orElse(null);
    }
}
