package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A finished call. It never holds a secret value.
 *
 * @param seq counts the entries, from 1, in the order in which calls ended
 * @param time the service's clock when the call was received
 * @param number counts the calls of this operation, from 1, in the order in which they were received
 * @param clientId from the request, or from the answer of a create
 * @param secretId from the request that deletes a secret, or from the answer of the call that adds one
 * @param outcome {@code OK}, the name of an exception, {@code DROPPED} (no answer was sent), {@code RESET} (half of the answer
 *     was sent) or {@code COMMITTED_LATE} (the connection was dropped first and the change was made afterwards)
 * @param committed whether the call changed something
 * @param durationMillis from reading the request until the answer or the late commit
 */
public record JournalEntry(
        long seq,
        Instant time,
        String operation,
        long number,
        String caller,
        String account,
        String region,
        @Nullable String poolId,
        @Nullable String clientId,
        @Nullable String clientName,
        @Nullable String secretId,
        String outcome,
        boolean committed,
        double durationMillis) {

    /** The outcome of a call that succeeded and was answered. */
    public static final String OK = "OK";
    /** The outcome of a call that got no answer. */
    public static final String DROPPED = "DROPPED";

    /** The outcome of a call whose connection was reset in the middle of its answer. */
    public static final String RESET = "RESET";
    /** The outcome of a call whose change was made after its connection was dropped. */
    public static final String COMMITTED_LATE = "COMMITTED_LATE";

    ObjectNode json() {
        var json = Json.object()
                .put("seq", seq)
                .put("time", time.toString())
                .put("operation", operation)
                .put("number", number)
                .put("caller", caller)
                .put("account", account)
                .put("region", region);
        if (poolId != null) {
            json.put("poolId", poolId);
        }
        if (clientId != null) {
            json.put("clientId", clientId);
        }
        if (clientName != null) {
            json.put("clientName", clientName);
        }
        if (secretId != null) {
            json.put("secretId", secretId);
        }
        return json.put("outcome", outcome).put("committed", committed).put("durationMillis", durationMillis);
    }
}
