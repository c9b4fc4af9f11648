package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaimStatus;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.PoolQuota;
import dev.appclients.cognito.authorization.Quota;
import dev.appclients.cognito.authorization.Quota.Member;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Conditions;
import dev.appclients.cognito.status.Step;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds a namespace to the number of claims that the pool of their clients serves. A claim beyond it keeps the copy that it has. */
final class ClaimQuota {

    private final KubernetesView cached;

    ClaimQuota(KubernetesView cached) {
        this.cached = cached;
    }

    /**
     * Makes sure that the claim is among the oldest ones of its namespace that the pool serves.
     *
     * @throws StopReconciliation if it is not
     */
    void require(ClientSecretClaim claim, ClusterUserPool pool) {
        PoolQuota quota = pool.getSpec().quota();
        Integer limit = quota == null ? null : quota.claimsPerNamespace();
        if (limit != null && !Quota.isWithin(limit, Member.of(claim), counted(claim, pool))) {
            throw StopReconciliation.refused(
                    Step.SECRET,
                    Reason.QUOTA_EXCEEDED,
                    "The pool of the client serves at most " + limit
                            + " claims of this namespace (quota.claimsPerNamespace), the oldest first. Delete an older claim, or"
                            + " ask the platform team to raise the quota. The operator reconciles this object as soon as it has"
                            + " a place.",
                    Pace.HOURLY);
        }
    }

    /** The oldest claim of the namespace that waits for a place. */
    Optional<ResourceID> waiting(String namespace) {
        return cached.claimsIn(namespace).stream()
                .filter(ClaimQuota::isBeyond)
                .min(Comparator.comparing(Member::of))
                .map(ResourceID::fromResource);
    }

    /** All ClusterUserPools for one user pool count together, so that a second one gives no second quota. */
    private List<Member> counted(ClientSecretClaim claim, ClusterUserPool pool) {
        Set<String> pools = cached.pools().stream()
                .filter(other ->
                        other.getSpec().userPoolId().equals(pool.getSpec().userPoolId()))
                .map(other -> other.getMetadata().getName())
                .collect(Collectors.toSet());
        return cached.claimsIn(claim.getMetadata().getNamespace()).stream()
                .filter(other -> cached.client(ClaimJudge.client(other))
                        .filter(client ->
                                pools.contains(client.getSpec().userPoolRef().name()))
                        .isPresent())
                .map(Member::of)
                .toList();
    }

    private static boolean isBeyond(ClientSecretClaim claim) {
        ClientSecretClaimStatus status = claim.getStatus();
        return Conditions.find(status == null ? null : status.conditions(), Conditions.READY)
                .filter(ready -> Reason.QUOTA_EXCEEDED.text().equals(ready.getReason()))
                .isPresent();
    }
}
