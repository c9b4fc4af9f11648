package dev.appclients.cognito.controller;

import dev.appclients.cognito.model.ClientIds;
import dev.appclients.cognito.model.PoolArn;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads single values of a UserPoolClient's status. A value that has not the form it must have was forged, and counts as absent. */
final class StatusValues {

    private StatusValues() {}

    /** The id of an app client; null when it cannot be one. */
    static @Nullable String clientId(@Nullable String recorded) {
        return recorded != null && ClientIds.isPossible(recorded) ? recorded : null;
    }

    /** The ARN of a user pool; null when it is none. */
    static @Nullable String poolArn(@Nullable String recorded) {
        return recorded != null && PoolArn.isPossible(recorded) ? recorded : null;
    }

    /** A time; the epoch when it is none. When a create settles does not depend on what it says: {@link CreateHistory}. */
    static Instant time(String recorded) {
        try {
            return Instant.parse(recorded);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
