package dev.appclients.cognito.authorization;

import dev.appclients.cognito.api.v1beta1.AppType;
import dev.appclients.cognito.model.NamespaceSnapshot;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.PoolContents;
import dev.appclients.cognito.model.Sets;
import java.util.SortedSet;
import java.util.function.Predicate;

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
            case RESTRICTED -> permitted(new ClientLimits(pool.spec().allow(), namespace.name(), appType), contents);
            case UNKNOWN -> PoolContents.UNKNOWN;
            case null -> PoolContents.UNKNOWN;
        };
    }

    /** The names that the limits permit the client to use. */
    private static PoolContents permitted(ClientLimits limits, PoolContents contents) {
        return new PoolContents(
                contents.tier(),
                contents.attributes() == null ? null : permitted(limits, contents.attributes()),
                contents.scopes() == null ? null : filtered(contents.scopes(), limits::permitsScope),
                contents.providers() == null ? null : filtered(contents.providers(), limits::permitsProvider));
    }

    private static PoolAttributes permitted(ClientLimits limits, PoolAttributes attributes) {
        Predicate<String> either = name -> limits.permitsReading(name) || limits.permitsWriting(name);
        return new PoolAttributes(
                filtered(attributes.names(), either),
                filtered(attributes.required(), either),
                filtered(attributes.mutable(), limits::permitsWriting));
    }

    private static SortedSet<String> filtered(SortedSet<String> names, Predicate<String> permitted) {
        return Sets.sorted(names.stream().filter(permitted).toList());
    }
}
