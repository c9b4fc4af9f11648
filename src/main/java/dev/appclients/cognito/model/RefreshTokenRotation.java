package dev.appclients.cognito.model;

import java.time.Duration;

/**
 * Whether a refresh token is replaced at each use.
 *
 * @param enabled AWS: {@code Feature} is {@code ENABLED}
 * @param retryGracePeriod how long the former token still works: 0 to 60 seconds; zero while disabled, when it means nothing
 */
public record RefreshTokenRotation(boolean enabled, Duration retryGracePeriod) {

    /** No rotation: what Cognito assumes when nothing is said. */
    public static final RefreshTokenRotation DISABLED = new RefreshTokenRotation(false, Duration.ZERO);

    public RefreshTokenRotation {
        retryGracePeriod = enabled ? retryGracePeriod : Duration.ZERO;
    }
}
