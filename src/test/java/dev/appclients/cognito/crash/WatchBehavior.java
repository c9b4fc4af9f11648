package dev.appclients.cognito.crash;

import java.time.Duration;

/**
 * The behavior of an operator's watches.
 *
 * @param delay the delay of each event, and so of every cache
 * @param duplicate whether each event is delivered twice
 */
record WatchBehavior(Duration delay, boolean duplicate) {

    static final WatchBehavior NORMAL = new WatchBehavior(Duration.ZERO, false);
}
