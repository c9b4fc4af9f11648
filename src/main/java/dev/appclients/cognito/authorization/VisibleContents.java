package dev.appclients.cognito.authorization;

import dev.appclients.cognito.api.v1beta1.AppType;
import dev.appclients.cognito.model.NamespaceSnapshot;
import dev.appclients.cognito.model.PoolContents;

/** Limits what messages reveal about a pool to a namespace. */
public final class VisibleContents {

    private VisibleContents() {}

    /**
     * The part of the pool's contents that messages to the client may name.
     *
     * @param appType of the client
     * @param contents of the pool in Cognito
     */
    public static PoolContents of(
            PoolSnapshot pool, NamespaceSnapshot namespace, AppType appType, PoolContents contents) {
        return switch (pool.spec().tenancy()) {
            case TRUSTED -> contents;
            case RESTRICTED -> PoolContents.UNKNOWN;
            case UNKNOWN -> PoolContents.UNKNOWN;
            case null -> PoolContents.UNKNOWN;
        };
    }
}
