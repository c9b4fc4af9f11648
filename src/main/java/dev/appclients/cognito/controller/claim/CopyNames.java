package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.secret.SecretOwnership;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which object of a namespace may write the Secret of a name, among the claims and the UserPoolClients that ask for it. An
 * existing Secret stays with its owner. Else the first object by creation time, then by UID, has the name.
 */
final class CopyNames {

    private static final Comparator<HasMetadata> BY_AGE = Comparator.comparing(
                    (HasMetadata object) -> object.getMetadata().getCreationTimestamp())
            .thenComparing(object -> object.getMetadata().getUid());

    private final KubernetesView cached;

    CopyNames(KubernetesView cached) {
        this.cached = cached;
    }

    /**
     * The other object that has the name; empty if the claim has it.
     *
     * @param existing the cached Secret of this name; null if there is none
     */
    Optional<HasMetadata> takenBy(ClientSecretClaim claim, String secretName, @Nullable Secret existing) {
        String namespace = claim.getMetadata().getNamespace();
        List<HasMetadata> all = Stream.<HasMetadata>concat(
                        cached.claimsNaming(namespace, secretName).stream(),
                        cached.clientsNaming(namespace, secretName).stream())
                .toList();
        return other(claim, all, existing == null ? null : SecretOwnership.ownerUid(existing));
    }

    /**
     * As {@link #takenBy}, without the caches.
     *
     * @param all the objects that ask for the name
     * @param ownerUid the UID of the object that the existing Secret was written for; null if there is none
     */
    static Optional<HasMetadata> other(
            ClientSecretClaim claim, List<? extends HasMetadata> all, @Nullable String ownerUid) {
        String own = claim.getMetadata().getUid();
        if (own.equals(ownerUid)) {
            return Optional.empty();
        }
        List<HasMetadata> others = all.stream()
                .<HasMetadata>map(object -> object)
                .filter(object -> !own.equals(object.getMetadata().getUid()))
                .toList();
        return others.stream()
                .filter(object -> object.getMetadata().getUid().equals(ownerUid))
                .findFirst()
                .or(() -> others.stream().min(BY_AGE).filter(first -> BY_AGE.compare(first, claim) < 0));
    }
}
