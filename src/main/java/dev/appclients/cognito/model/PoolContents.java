package dev.appclients.cognito.model;

import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The known features and contents of a pool. Null means unknown, which differs from empty.
 *
 * @param tier {@code LITE}, {@code ESSENTIALS} or {@code PLUS}
 * @param attributes the attribute schema
 * @param scopes the scopes of the resource servers, as {@code <server>/<scope>}
 * @param providers the names of the identity providers; without {@code COGNITO}, the pool itself
 */
public record PoolContents(
        @Nullable String tier,
        @Nullable PoolAttributes attributes,
        @Nullable SortedSet<String> scopes,
        @Nullable SortedSet<String> providers) {

    /** Contents of which nothing is known. */
    public static final PoolContents UNKNOWN = new PoolContents(null, null, null, null);

    /** The contents that the facts of a pool include. */
    public static PoolContents of(PoolFacts facts) {
        return new PoolContents(facts.tier().isEmpty() ? null : facts.tier(), facts.attributes(), null, null);
    }

    /** Combines both. The known values of the other take precedence. */
    public PoolContents and(PoolContents other) {
        return new PoolContents(
                other.tier == null ? tier : other.tier,
                other.attributes == null ? attributes : other.attributes,
                other.scopes == null ? scopes : other.scopes,
                other.providers == null ? providers : other.providers);
    }
}
