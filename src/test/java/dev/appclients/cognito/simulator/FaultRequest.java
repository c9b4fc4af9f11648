package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Parses a fault from its HTTP representation. */
final class FaultRequest {

    private static final Set<String> MEMBERS = Set.of(
            "operation",
            "kind",
            "call",
            "times",
            "poolId",
            "clientId",
            "clientName",
            "caller",
            "error",
            "status",
            "message",
            "delayMillis",
            "upToMillis");

    private FaultRequest() {}

    static Fault arm(Faults faults, ObjectNode body) {
        body.fieldNames().forEachRemaining(member -> {
            if (!MEMBERS.contains(member)) {
                throw new IllegalArgumentException("A fault has no member " + member + "; it has " + MEMBERS + ".");
            }
        });
        var builder = faults.on(Json.text(body, "operation", "*"))
                .call(body.path("call").asInt(1))
                .times(body.path("times").asInt(1));
        with(Json.text(body, "poolId"), builder::pool);
        with(Json.text(body, "clientId"), builder::client);
        with(Json.text(body, "clientName"), builder::clientNamed);
        with(Json.text(body, "caller"), builder::caller);
        return kind(builder, Json.text(body, "kind", "").toUpperCase(Locale.ROOT), body);
    }

    private static Fault kind(Faults.Builder builder, String kind, ObjectNode body) {
        var error = Json.text(body, "error", "InternalErrorException");
        int status = body.path("status").asInt(error.startsWith("Internal") ? 500 : 400);
        var message = Json.text(body, "message", "Asked for by a fault.");
        var delay = body.has("delayMillis")
                ? Duration.ofMillis(body.get("delayMillis").asLong())
                : null;
        return switch (kind) {
            case "ERROR_BEFORE" -> builder.failBeforeCommit(error, status, message);
            case "ERROR_AFTER" -> builder.failAfterCommit(error, status, message);
            case "DROP_BEFORE" -> builder.dropBeforeCommit();
            case "DROP_AFTER" -> builder.dropAfterCommit();
            case "RESET_AFTER" -> builder.resetInAnswer();
            case "COMMIT_LATE" -> builder.arm(new Effect.CommitLate(delay));
            case "PAUSE" -> builder.arm(new Effect.Pause(delay));
            case "LATENCY" -> latency(builder, delay == null ? Duration.ZERO : delay, body);
            case "THROTTLE" -> builder.throttle();
            case "EXPIRED_CREDENTIALS" -> builder.expireCredentials();
            default ->
                throw new IllegalArgumentException(
                        "kind is one of ERROR_BEFORE, ERROR_AFTER, DROP_BEFORE, DROP_AFTER, RESET_AFTER, COMMIT_LATE, PAUSE,"
                                + " LATENCY, THROTTLE, EXPIRED_CREDENTIALS.");
        };
    }

    private static Fault latency(Faults.Builder builder, Duration least, ObjectNode body) {
        return builder.latency(least, Duration.ofMillis(body.path("upToMillis").asLong(least.toMillis())));
    }

    private static void with(@Nullable String value, Consumer<String> consumer) {
        if (value != null) {
            consumer.accept(value);
        }
    }
}
