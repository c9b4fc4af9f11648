package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.PoolQuota;
import dev.appclients.cognito.authorization.Quota;
import dev.appclients.cognito.authorization.Quota.Member;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.cluster.QuotaPlaces;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Step;

/** Holds a namespace to the number of claims that the pool of their clients serves. A claim beyond it keeps the copy that it has. */
final class ClaimQuota {

    private final QuotaPlaces<ClientSecretClaim> places;

    ClaimQuota(KubernetesView cached) {
        places = QuotaPlaces.ofClaims(cached);
    }

    /**
     * Makes sure that the claim is among the oldest ones of its namespace that the pool serves.
     *
     * @throws StopReconciliation if it is not
     */
    void require(ClientSecretClaim claim, ClusterUserPool pool) {
        PoolQuota quota = pool.getSpec().quota();
        Integer limit = quota == null ? null : quota.claimsPerNamespace();
        if (limit == null) {
            return;
        }
        var counted = places.counted(claim.getMetadata().getNamespace(), pool);
        if (!Quota.isWithin(limit, Member.of(claim), counted)) {
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
}
