package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.PoolQuota;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.authorization.Quota;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.cluster.QuotaPlaces;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Step;

/** Holds a namespace to the number of clients that its pool serves. */
final class ClientQuota {

    private final QuotaPlaces<UserPoolClient> places;

    ClientQuota(KubernetesView kubernetes) {
        places = QuotaPlaces.ofClients(kubernetes::pools, kubernetes::clientsIn);
    }

    /**
     * Makes sure that the client is among the oldest ones of its namespace that the pool serves.
     *
     * @throws StopReconciliation if it is not
     */
    void require(UserPoolClient client, ClusterUserPool pool) {
        PoolQuota quota = pool.getSpec().quota();
        Integer limit = quota == null ? null : quota.clientsPerNamespace();
        if (limit == null) {
            return;
        }
        var counted = places.counted(client.getMetadata().getNamespace(), pool);
        if (!Quota.isWithin(limit, Quota.Member.of(client), counted)) {
            throw StopReconciliation.refused(
                    Step.AUTHORIZATION,
                    Reason.QUOTA_EXCEEDED,
                    "spec.userPoolRef: ClusterUserPool '" + pool.getMetadata().getName() + "' serves at most " + limit
                            + " UserPoolClients of this namespace (quota.clientsPerNamespace), the oldest first. Delete an"
                            + " older one, or ask the platform team to raise the quota. The operator reconciles this object"
                            + " as soon as it has a place.",
                    Pace.HOURLY);
        }
    }
}
