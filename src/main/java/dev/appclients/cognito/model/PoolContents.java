package dev.appclients.cognito.model;

import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What a pool has that a client may need, as far as it is known. Null is not known, which is never the same as nothing.
 *
 * @param tier {@code LITE}, {@code ESSENTIALS} or {@code PLUS}
 * @param attributes the attribute schema
 * @param scopes the scopes of the resource servers, as {@code <server>/<scope>}
 * @param providers the names of the identity providers; the pool itself, {@code COGNITO}, is not among them
 */
public record PoolContents(
        @Nullable String tier,
        @Nullable PoolAttributes attributes,
        @Nullable SortedSet<String> scopes,
        @Nullable SortedSet<String> providers) {

    /** Nothing is known. */
    public static final PoolContents UNKNOWN = new PoolContents(null, null, null, null);

    /** What the facts of a pool tell. */
    public static PoolContents of(PoolFacts facts) {
        return new PoolContents(facts.tier().isEmpty() ? null : facts.tier(), facts.attributes(), null, null);
    }

    /** What is known of either; what the other knows counts first. */
    public PoolContents and(PoolContents other) {
        return new PoolContents(
                other.tier == null ? tier : other.tier,
                other.attributes == null ? attributes : other.attributes,
                other.scopes == null ? scopes : other.scopes,
                other.providers == null ? providers : other.providers);
    }
}
