package dev.appclients.cognito.aws.budget;

/**
 * Caps permits that were granted but whose call has not started: a slow API server can hold many back and then release them as one
 * burst. Cognito takes a burst of one second's quota, so the cap is a part of that; the rest absorbs later grants and network jitter.
 */
final class GrantLimit {

    private static final double PART_OF_A_SECOND = 0.6;

    private final int limit;
    private int pending;

    /** @param perSecond the quota in calls per second; 0 for no limit */
    GrantLimit(double perSecond) {
        this.limit = perSecond <= 0 ? Integer.MAX_VALUE : Math.max(1, (int) (perSecond * PART_OF_A_SECOND));
    }

    boolean isReached() {
        return pending >= limit;
    }

    void granted() {
        pending++;
    }

    /** The call of a grant has started, or will not be made. */
    void started() {
        pending--;
    }
}
