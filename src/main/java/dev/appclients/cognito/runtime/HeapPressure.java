package dev.appclients.cognito.runtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Judges a heap by what is alive after each full collection. Not thread-safe. */
final class HeapPressure {

    /** What follows from a full collection. */
    enum Verdict {
        /** Nothing. */
        CALM,
        /** The heap is nearly full, and a minute has passed since it was last said. */
        WARN,
        /** The collector cannot free enough for the process to go on. */
        EXHAUSTED
    }

    private static final double NEARLY_FULL = 0.9;
    private static final double FULL = 0.95;

    /** A flood that ends leaves fewer than this one after the other. */
    private static final int COLLECTIONS = 5;

    private static final Duration LASTS = Duration.ofSeconds(5);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private long collectionsWhenFull;
    private @Nullable Duration fullSince;
    private @Nullable Duration warned;

    /**
     * Judges the heap after the newest full collection.
     *
     * @param live the part of the maximum heap that was in use after it
     * @param collections how many full collections there have been
     * @param now since any moment, the same in each call
     */
    Verdict after(double live, long collections, Duration now) {
        if (live < FULL) {
            fullSince = null;
        } else if (fullSince == null) {
            fullSince = now;
            collectionsWhenFull = collections - 1;
        }
        if (fullSince != null
                && collections - collectionsWhenFull >= COLLECTIONS
                && now.minus(fullSince).compareTo(LASTS) >= 0) {
            return Verdict.EXHAUSTED;
        }
        if (live >= NEARLY_FULL && (warned == null || now.minus(warned).compareTo(BETWEEN_WARNINGS) >= 0)) {
            warned = now;
            return Verdict.WARN;
        }
        return Verdict.CALM;
    }
}
