package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.DeletionPolicy;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.authorization.Decision;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.plan.Whose;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an adopted client when its object goes. It stays, because the operator did not make it, unless the manifest says
 * Delete; and then the permission to adopt it is the only proof that it may be deleted.
 */
final class AdoptedRelease {

    private final KubernetesView kubernetes;
    private final Claims claims;
    private final Currency currency;

    AdoptedRelease(KubernetesView kubernetes, Claims claims, Currency currency) {
        this.kubernetes = kubernetes;
        this.claims = claims;
        this.currency = currency;
    }

    /** Whether there is an adopted client that is to be deleted, and the object has had it. */
    static boolean isWanted(UserPoolClient resource, Progress progress) {
        String adopted = Adoption.adopted(resource);
        return adopted != null
                && adopted.equals(progress.clientId())
                && resource.getSpec().deletionPolicy() == DeletionPolicy.DELETE;
    }

    /** Why the adopted client may not be deleted; null when it may. */
    @Nullable
    Obstacle obstacle(UserPoolClient resource, ClusterUserPool pool) {
        if (claims.permission(resource, pool) instanceof Decision.Denied(String field, String message)) {
            return new Obstacle(Reason.ADOPTION_NOT_ALLOWED, field + ": " + message);
        }
        String taken = claims.priority(resource);
        return taken == null ? null : new Obstacle(Reason.ALREADY_OWNED, taken);
    }

    /** As {@link #obstacle}, now that Cognito has described the client. */
    @Nullable
    Obstacle obstacle(UserPoolClient resource, AppClient described) {
        return claims.whose(resource, described) == Whose.ADOPTED
                ? null
                : new Obstacle(Reason.ALREADY_OWNED, Claims.taken(resource, described.clientId(), null));
    }

    /** Asked right before the call, of the pool as it is by then. */
    boolean isStillWanted(UserPoolClient resource, ClusterUserPool pool) {
        return currency.isStillBeingDeleted(resource)
                && kubernetes
                        .pool(pool.getMetadata().getName())
                        .filter(now ->
                                now.getSpec().userPoolId().equals(pool.getSpec().userPoolId())
                                        && obstacle(resource, now) == null)
                        .isPresent();
    }

    /** What stands in the way, and what to do. */
    record Obstacle(Reason reason, String message) {}
}
