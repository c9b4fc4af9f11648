package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaimStatus;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.cluster.SecretNames;
import dev.appclients.cognito.distribution.ClaimDecision;
import dev.appclients.cognito.secret.CarriedSecretId;
import dev.appclients.cognito.secret.SecretInspection;
import dev.appclients.cognito.secret.SecretOwner;
import dev.appclients.cognito.secret.content.SecretShape;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.stream.Stream;

/** Counts, on the caches, the copies of a client that carry a client secret. Sends no request. */
final class CarrierCounts {

    private final KubernetesView cached;

    CarrierCounts(KubernetesView cached) {
        this.cached = cached;
    }

    /**
     * Counts the copies.
     *
     * @param client the version that decides which claims are permitted
     * @param secretId the id of the client secret in Cognito
     */
    CarriedCopies of(UserPoolClient client, String secretId) {
        ClaimDecisions decisions = ClaimDecisions.of(client, cached);
        int counted = 0;
        int carrying = 0;
        int othersBehind = 0;
        for (ClientSecretClaim claim : cached.claimsFor(ResourceID.fromResource(client))) {
            List<Secret> copies = copies(claim);
            ClaimDecision decision = decisions.on(claim);
            if (copies.isEmpty() && !isMissed(claim, decision)) {
                continue;
            }
            boolean carries = !copies.isEmpty() && copies.stream().allMatch(copy -> carries(claim, copy, secretId));
            if (decision instanceof ClaimDecision.Copy) {
                counted++;
                carrying += carries ? 1 : 0;
            } else {
                othersBehind += carries ? 0 : 1;
            }
        }
        return new CarriedCopies(counted, carrying, othersBehind);
    }

    /**
     * Whether another writer deleted the copy of a permitted claim. The kubelet then keeps the files of running pods, so their workloads
     * use the value that the copy had.
     */
    private static boolean isMissed(ClientSecretClaim claim, ClaimDecision decision) {
        ClientSecretClaimStatus status = claim.getStatus();
        // The pin of the source is written with the first copy, and stays.
        return decision.isPermitted() && status != null && status.source() != null;
    }

    /** The copies under the current name and under former ones. Another writer may have removed the label of one. */
    private List<Secret> copies(ClientSecretClaim claim) {
        SecretOwner owner = CopySource.owner(claim);
        return Stream.concat(
                        cached.secret(owner.namespace(), SecretNames.of(claim)).stream(),
                        cached.copiesOf(owner.namespace(), owner.uid()).stream())
                .distinct()
                .filter(copy -> SecretInspection.obstacle(owner, copy) == null)
                .toList();
    }

    private static boolean carries(ClientSecretClaim claim, Secret copy, String secretId) {
        return CarriedSecretId.isIn(
                CopySource.owner(claim), SecretShape.of(claim.getSpec().secret()), copy, secretId);
    }
}
