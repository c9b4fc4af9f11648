package dev.appclients.cognito.aws;

/**
 * Those who may call and have not called yet. What they prepare may take any time, a write to a slow API server for instance, and
 * then all of them may call at once. The service bears a second's worth of calls in a burst; so there are never more than a part of
 * that, and the rest is for those whose turn comes next, and for what the network bunches up.
 */
final class Crowd {

    private static final double PART_OF_A_SECOND = 0.6;

    private final int most;
    private int size;

    /** Where so many calls a second are allowed; 0 for no limit. */
    Crowd(double perSecond) {
        this.most = perSecond <= 0 ? Integer.MAX_VALUE : Math.max(1, (int) (perSecond * PART_OF_A_SECOND));
    }

    boolean isFull() {
        return size >= most;
    }

    void joined() {
        size++;
    }

    void left() {
        size--;
    }
}
