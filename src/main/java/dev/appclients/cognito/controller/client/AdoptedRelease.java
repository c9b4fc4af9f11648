package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.DeletionPolicy;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.authorization.Decision;
import dev.appclients.cognito.authorization.PoolSnapshot;
import dev.appclients.cognito.controller.cluster.Adoption;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.plan.Ownership;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a deletion deletes an adopted app client. By default the app client stays, because the operator did not create it.
 * With deletionPolicy: Delete, the pool's permission to adopt it is the only proof that it may be deleted.
 */
final class AdoptedRelease {

    private final KubernetesView kubernetes;
    private final ClientOwnership clientOwnership;
    private final FreshnessCheck freshness;

    AdoptedRelease(KubernetesView kubernetes, ClientOwnership clientOwnership, FreshnessCheck freshness) {
        this.kubernetes = kubernetes;
        this.clientOwnership = clientOwnership;
        this.freshness = freshness;
    }

    /** Whether the manifest asks to delete the adopted app client, and the object has had it. */
    static boolean isRequested(UserPoolClient resource, PassState pass) {
        String adopted = Adoption.adopted(resource);
        return adopted != null
                && adopted.equals(pass.clientId())
                && resource.getSpec().deletionPolicy() == DeletionPolicy.DELETE;
    }

    /** Why the operator may not delete the adopted app client; null if it may. */
    @Nullable
    Refusal refusal(UserPoolClient resource, ClusterUserPool pool) {
        Decision decision =
                ClientOwnership.decideAdoption(resource, PoolSnapshot.of(pool), clientOwnership.namespaceOf(resource));
        if (decision instanceof Decision.Denied(String field, String message)) {
            return new Refusal(Reason.ADOPTION_NOT_ALLOWED, field + ": " + message);
        }
        return clientOwnership
                .earlierOwner(resource, pool)
                .map(owner -> ownedByOther(resource, Objects.requireNonNull(Adoption.adopted(resource)), owner))
                .orElse(null);
    }

    /** As {@link #refusal(UserPoolClient, ClusterUserPool)}, once Cognito has described the app client. */
    @Nullable
    Refusal refusal(UserPoolClient resource, AppClient described) {
        return clientOwnership.ownership(resource, described) == Ownership.ADOPTED
                ? null
                : ownedByOther(resource, described.clientId(), null);
    }

    private static Refusal ownedByOther(UserPoolClient resource, String clientId, @Nullable UserPoolClient owner) {
        return new Refusal(
                Reason.ALREADY_OWNED,
                ClientOwnership.belongsTo(resource, clientId, owner) + " The operator does not delete the app client.");
    }

    /** Judges the newest version of the pool, right before the call. */
    boolean isStillAllowed(UserPoolClient resource, ClusterUserPool pool) {
        return freshness.isStillBeingDeleted(resource)
                && kubernetes
                        .pool(pool.getMetadata().getName())
                        .filter(now ->
                                now.getSpec().userPoolId().equals(pool.getSpec().userPoolId())
                                        && refusal(resource, now) == null)
                        .isPresent();
    }

    /** The fault and the remedy. */
    record Refusal(Reason reason, String message) {}
}
