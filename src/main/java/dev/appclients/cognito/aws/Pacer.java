package dev.appclients.cognito.aws;

/**
 * Spaces grants evenly, so that no window of one second ever holds more than the limit: the service never sees a burst, and
 * its own tolerance stays in reserve for what the network bunches up. After a throttle it halves its rate and gains it back
 * within a minute. Pure: the time comes with every question, in nanoseconds since some start, never below zero.
 */
final class Pacer {

    private static final long SECOND = 1_000_000_000L;
    /** A grant this late still counts as on time; intervals are longer by it, so that the window holds even then. */
    private static final long SLACK = 20_000_000L;

    /** Longer than this the service need not be believed: it is asked again. */
    private static final long LONGEST_WAIT = 60 * SECOND;

    private static final double LOWEST = 1.0 / 16;
    private static final double RECOVERY_NANOS = 60.0 * SECOND;

    private final long interval;
    private long readyAt;
    private long throttledAt = -SECOND;
    private double factorThen = 1;

    /** Grants so many per second; 0 for no limit. */
    Pacer(double perSecond) {
        this.interval = perSecond <= 0 ? 0 : (long) Math.ceil((SECOND + SLACK) / perSecond);
    }

    /** From when the next grant may be given. */
    long readyAt() {
        return readyAt;
    }

    /** Takes one grant. What comes back is for {@link #undo}. */
    Grant grant(long now) {
        long before = readyAt;
        if (interval > 0) {
            readyAt = Math.max(readyAt, now - SLACK) + (long) (interval / factor(now));
        }
        return new Grant(before, readyAt);
    }

    /** Gives back a grant that was not used, unless another was given since. */
    void undo(Grant grant) {
        if (readyAt == grant.after()) {
            readyAt = grant.before();
        }
    }

    /**
     * The service said that this was too much. Answers within one second are one wave and count once.
     *
     * @param askedToWait how long the service wants not to be asked: at least a second is kept, at most a minute
     */
    void throttled(long now, long askedToWait) {
        if (interval == 0) {
            return;
        }
        boolean sameWave = now - throttledAt < SECOND;
        if (!sameWave || askedToWait > SECOND) {
            readyAt = Math.max(readyAt, now + Math.clamp(askedToWait, SECOND, LONGEST_WAIT));
        }
        if (sameWave) {
            return;
        }
        factorThen = Math.max(LOWEST, factor(now) / 2);
        throttledAt = now;
    }

    /** Whether nothing would be lost by forgetting this pacer. */
    boolean isIdle(long now) {
        return readyAt <= now && factor(now) >= 1;
    }

    private double factor(long now) {
        return Math.min(1, factorThen + (now - throttledAt) / RECOVERY_NANOS);
    }

    /** The state before and after a grant. */
    record Grant(long before, long after) {}
}
