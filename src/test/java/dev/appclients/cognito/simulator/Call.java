package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request to the service.
 *
 * @param number counts the calls of this operation, from 1
 * @param at the service's clock when the call was received
 */
record Call(
        Operation operation,
        long number,
        Instant at,
        long startedNanos,
        String region,
        Caller caller,
        ObjectNode body) {

    @Nullable
    String poolId() {
        return Json.text(body, "UserPoolId");
    }

    @Nullable
    String clientId() {
        return Json.text(body, "ClientId");
    }

    @Nullable
    String clientName() {
        return Json.text(body, "ClientName");
    }
}
