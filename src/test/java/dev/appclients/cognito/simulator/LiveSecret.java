package dev.appclients.cognito.simulator;

import java.time.Instant;

/**
 * A secret that works at the token endpoint.
 *
 * @param id {@code <client id>--<epoch seconds of its creation>}
 * @param original whether it was created together with the client; descriptions show only such a secret
 * @param generated whether Cognito generated the value; the call that adds a custom secret does not return it
 */
public record LiveSecret(String id, String value, boolean original, boolean generated, Instant created) {

    @Override
    public String toString() {
        return "LiveSecret[" + id + "]";
    }
}
