package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A secret that works at the token endpoint.
 *
 * @param id {@code <client id>--<epoch seconds of its creation>}, with {@code -2}, {@code -3} and so on for the next ones of the
 *     same second
 * @param original whether it was created together with the client; descriptions show only such a secret
 * @param generated whether Cognito generated the value; the call that adds a custom secret does not return it
 */
public record LiveSecret(String id, String value, boolean original, boolean generated, Instant created) {

    ObjectNode json() {
        return Json.object()
                .put("id", id)
                .put("created", created.toString())
                .put("original", original)
                .put("generated", generated);
    }

    @Override
    public String toString() {
        return "LiveSecret[" + id + "]";
    }
}
