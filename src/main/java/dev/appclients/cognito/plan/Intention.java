package dev.appclients.cognito.plan;

import org.jspecify.annotations.Nullable;

/**
 * What an object is after, besides its settings.
 *
 * @param observes whether it only looks
 * @param adopts whether it takes over a client that is there, and so never creates one
 * @param hasClient whether it has had its client before, so that a client without a secret to show has lost it
 * @param recreate value of the {@code recreate} annotation: the id of the lost client that may be replaced; null when absent
 */
public record Intention(
        boolean observes,
        boolean adopts,
        boolean hasClient,
        @Nullable String recreate) {

    /** Of an object that creates its client and keeps it equal. */
    public static Intention manage(@Nullable String recreate) {
        return new Intention(false, false, false, recreate);
    }
}
