package dev.appclients.cognito.aws;

import dev.appclients.cognito.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Notices that calls come to nothing one after the other, and then lets only one at a time find out whether the service is
 * back, after a pause that doubles up to some seconds. The first answer ends it, whatever it says. Pure, like {@link Pacer}.
 */
final class Outage {

    /** Fewer failures in a row are bad luck. */
    static final int SUSPICIOUS = 5;

    private static final long SECOND = 1_000_000_000L;
    /** Short, because those who come back within a minute must find out within that minute. */
    private static final long LONGEST_PAUSE = 5 * SECOND;

    private int failuresInARow;
    private long pause;
    private long readyAt;
    private @Nullable FailureKind lastFailure;

    /** A call came to nothing: it did not get through, got no answer, or an error of the service itself. */
    void failed(FailureKind failure, long now) {
        failuresInARow++;
        if (failuresInARow >= SUSPICIOUS) {
            lastFailure = failure;
            pause = pause == 0 ? SECOND : Math.min(pause * 2, LONGEST_PAUSE);
            readyAt = now + pause;
        }
    }

    /** The service answered. */
    void answered() {
        failuresInARow = 0;
        pause = 0;
        readyAt = 0;
        lastFailure = null;
    }

    /** What the last call came to while the outage lasts; null when there is none. */
    @Nullable
    FailureKind lastFailure() {
        return lastFailure;
    }

    /** From when the next call may find out; in the past while there is no outage. */
    long readyAt() {
        return readyAt;
    }
}
