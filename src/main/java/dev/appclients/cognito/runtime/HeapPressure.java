package dev.appclients.cognito.runtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Judges the heap by the live objects after each full collection. Not thread-safe. */
final class HeapPressure {

    /** The result of a full collection. */
    enum Verdict {
        /** The heap has room, or a warning was logged within the last minute. */
        OK,
        /** The heap is nearly full, and the last warning is at least a minute old. */
        WARN,
        /** The collector cannot free enough memory for the process to continue. */
        EXHAUSTED
    }

    private static final double NEARLY_FULL = 0.9;
    private static final double FULL = 0.95;

    /** A burst of allocations causes fewer consecutive full collections. */
    private static final int COLLECTIONS = 5;

    private static final Duration LASTS = Duration.ofSeconds(5);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private long collectionsWhenFull;
    private @Nullable Duration fullSince;
    private @Nullable Duration warned;

    /**
     * Judges the heap after the newest full collection.
     *
     * @param live the fraction of the maximum heap in use after it, 0 to 1
     * @param collections the number of full collections so far
     * @param now the time since a fixed moment
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
        return Verdict.OK;
    }
}
