package dev.appclients.cognito.authorization;

import dev.appclients.cognito.api.v1beta1.ClusterUserPoolSpec;
import dev.appclients.cognito.model.PoolContents;

/** What of a pool a namespace may use: nothing else of the pool is ever told to it. */
public final class Usable {

    private Usable() {}

    /**
     * The part of the contents that may be shown.
     *
     * @param pool what the pool's owner wrote
     * @param contents what the pool has
     */
    public static PoolContents of(ClusterUserPoolSpec pool, PoolContents contents) {
        return switch (pool.tenancy()) {
            case TRUSTED -> contents;
            case UNKNOWN -> PoolContents.UNKNOWN;
            case null -> PoolContents.UNKNOWN;
        };
    }
}
