package dev.appclients.cognito.model;

import java.time.Duration;

/**
 * Whether each use replaces a refresh token.
 *
 * @param enabled AWS: {@code Feature} is {@code ENABLED}
 * @param retryGracePeriod how long the old token stays valid: 0 to 60 seconds; always zero while disabled
 */
public record RefreshTokenRotation(boolean enabled, Duration retryGracePeriod) {

    /** No rotation: the default of Cognito. */
    public static final RefreshTokenRotation DISABLED = new RefreshTokenRotation(false, Duration.ZERO);

    public RefreshTokenRotation {
        retryGracePeriod = enabled ? retryGracePeriod : Duration.ZERO;
    }
}
