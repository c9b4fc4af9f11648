package dev.appclients.cognito.controller.guards;

import io.javaoperatorsdk.operator.processing.retry.GenericRetry;

/**
 * Retries an unexpected exception for ever, up to once a minute. The framework's default gives up after five attempts and then
 * waits ten hours, and counts every event during a back-off as an attempt. The counting goes away with JOSDK 5.4 (issue 3380).
 */
public final class EndlessRetry extends GenericRetry {

    private static final int FIRST_MILLIS = 1_000;
    private static final int LONGEST_MILLIS = 60_000;
    private static final int NO_LAST_ATTEMPT = -1;

    /** Made by the framework. */
    public EndlessRetry() {
        setInitialInterval(FIRST_MILLIS);
        setIntervalMultiplier(2);
        setMaxInterval(LONGEST_MILLIS);
        setMaxAttempts(NO_LAST_ATTEMPT);
    }
}
