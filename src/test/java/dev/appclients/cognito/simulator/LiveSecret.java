package dev.appclients.cognito.simulator;

import java.time.Instant;

/**
 * A secret that works at the token endpoint.
 *
 * @param id {@code <client id>--<epoch seconds of its creation>}
 * @param original whether it was made together with the client; only such a one shows in descriptions
 * @param generated whether Cognito chose the value; a custom one is never given back by the call that adds it
 */
public record LiveSecret(String id, String value, boolean original, boolean generated, Instant created) {

    @Override
    public String toString() {
        return "LiveSecret[" + id + "]";
    }
}
