package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that the token endpoint refused. It never holds a secret value.
 *
 * @param time the service's clock
 * @param clientId as the request named it; empty if it named none
 * @param secretId the secret of this client that has or had the value in the request; null if the client never had it
 * @param method {@code client_secret_basic}, {@code client_secret_post}, {@code none}, or {@code authenticate} for a call of
 *     {@link Simulator#authenticate}
 * @param error as in RFC 6749, such as {@code invalid_client}
 */
public record AuthenticationRefusal(
        Instant time, String clientId, @Nullable String secretId, String method, String error) {

    ObjectNode json() {
        var json = Json.object().put("time", time.toString()).put("clientId", clientId);
        if (secretId != null) {
            json.put("secretId", secretId);
        }
        return json.put("method", method).put("error", error);
    }
}
