package dev.appclients.cognito.aws.budget;

/**
 * Spaces grants evenly: no window of one second holds more grants than the limit. So the service sees no burst, and its own tolerance
 * is left for network jitter. A throttle halves the rate, which recovers within a minute. Pure: each method takes the time, in
 * nanoseconds since some start, never below zero.
 */
final class Pacer {

    private static final long SECOND = 1_000_000_000L;
    /** A grant this late counts as on time. Intervals are longer by it, so that the limit holds even then. */
    private static final long SLACK = 20_000_000L;

    /** The upper bound of a pause that the service asks for. */
    private static final long LONGEST_WAIT = 60 * SECOND;

    private static final double LOWEST = 1.0 / 16;
    private static final double RECOVERY_NANOS = 60.0 * SECOND;

    private final long interval;
    private long readyAt;
    private long throttledAt = -SECOND;
    private double factorAtThrottle = 1;

    /** @param perSecond the limit in grants per second; 0 for no limit */
    Pacer(double perSecond) {
        this.interval = perSecond <= 0 ? 0 : (long) Math.ceil((SECOND + SLACK) / perSecond);
    }

    /** The earliest time of the next grant. */
    long readyAt() {
        return readyAt;
    }

    /** Takes one grant, which {@link #undo} gives back. */
    Grant grant(long now) {
        long before = readyAt;
        if (interval > 0) {
            readyAt = Math.max(readyAt, now - SLACK) + (long) (interval / factor(now));
        }
        return new Grant(before, readyAt);
    }

    /** Gives back an unused grant. Has no effect after a later grant. */
    void undo(Grant grant) {
        if (readyAt == grant.after()) {
            readyAt = grant.before();
        }
    }

    /**
     * The service throttled a call. Throttles within one second count once.
     *
     * @param retryAfter the pause that the service asked for, in nanoseconds; the pacer keeps at least a second and at most a minute
     */
    void recordThrottle(long now, long retryAfter) {
        if (interval == 0) {
            return;
        }
        boolean countedBefore = now - throttledAt < SECOND;
        if (!countedBefore || retryAfter > SECOND) {
            readyAt = Math.max(readyAt, now + Math.clamp(retryAfter, SECOND, LONGEST_WAIT));
        }
        if (countedBefore) {
            return;
        }
        factorAtThrottle = Math.max(LOWEST, factor(now) / 2);
        throttledAt = now;
    }

    /** Whether this pacer is in the state of a new one. */
    boolean isIdle(long now) {
        return readyAt <= now && factor(now) >= 1;
    }

    /** The part of the limit that is used now: 1, and less for a minute after a throttle. */
    double factor(long now) {
        return Math.min(1, factorAtThrottle + (now - throttledAt) / RECOVERY_NANOS);
    }

    /** The state before and after a grant. */
    record Grant(long before, long after) {}
}
