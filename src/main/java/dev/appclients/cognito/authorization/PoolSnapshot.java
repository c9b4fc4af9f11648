package dev.appclients.cognito.authorization;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolSpec;

/**
 * One version of a ClusterUserPool. A reconciliation judges everything on the version that it began with.
 *
 * @param name of the ClusterUserPool
 * @param spec as the pool's owner wrote it
 */
public record PoolSnapshot(String name, ClusterUserPoolSpec spec) {

    /** The version that the object holds. */
    public static PoolSnapshot of(ClusterUserPool pool) {
        return new PoolSnapshot(pool.getMetadata().getName(), pool.getSpec());
    }
}
