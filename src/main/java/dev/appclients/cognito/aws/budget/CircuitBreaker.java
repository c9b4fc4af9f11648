package dev.appclients.cognito.aws.budget;

/**
 * Opens after some failures in a row. While it is open, one call at a time probes the service, after a pause that doubles up to five
 * seconds. Any answer of the service closes it. Pure, like {@link Pacer}.
 */
public final class CircuitBreaker {

    public static final int FAILURE_THRESHOLD = 5;

    private static final long SECOND = 1_000_000_000L;
    /** Short, because clients that retry within a minute must see within that minute that the service is back. */
    private static final long LONGEST_PAUSE = 5 * SECOND;

    private int failuresInARow;
    private long pause;
    private long readyAt;

    /** A call did not reach the service, got no answer, or got a server error. */
    void recordFailure(long now) {
        failuresInARow++;
        if (isOpen()) {
            pause = pause == 0 ? SECOND : Math.min(pause * 2, LONGEST_PAUSE);
            readyAt = now + pause;
        }
    }

    /** The service answered, whatever it said. */
    void recordAnswer() {
        failuresInARow = 0;
        pause = 0;
        readyAt = 0;
    }

    boolean isOpen() {
        return failuresInARow >= FAILURE_THRESHOLD;
    }

    /** The time of the next probe, in nanoseconds; in the past while the circuit is closed. */
    long readyAt() {
        return readyAt;
    }
}
