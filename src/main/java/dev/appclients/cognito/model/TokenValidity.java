package dev.appclients.cognito.model;

import java.time.Duration;

/**
 * The validity of tokens. Durations, so that 60 minutes equals one hour.
 *
 * @param access access tokens: 5 minutes to 24 hours
 * @param id ID tokens: 5 minutes to 24 hours
 * @param refresh refresh tokens: 60 minutes to 3650 days
 */
public record TokenValidity(Duration access, Duration id, Duration refresh) {

    /** The defaults of Cognito: one hour, one hour, thirty days. */
    public static final TokenValidity COGNITO_DEFAULT =
            new TokenValidity(Duration.ofHours(1), Duration.ofHours(1), Duration.ofDays(30));
}
