package dev.appclients.cognito.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The effect of a fault on a call. */
sealed interface Effect {

    /** The name in the HTTP interface. */
    default String kind() {
        return switch (this) {
            case FailBefore(String type, int status, String message) -> "ERROR_BEFORE " + type;
            case FailAfter(String type, int status, String message) -> "ERROR_AFTER " + type;
            case DropBefore() -> "DROP_BEFORE";
            case DropAfter() -> "DROP_AFTER";
            case ResetAfter() -> "RESET_AFTER";
            case CommitLate(Duration delay) -> "COMMIT_LATE";
            case Pause(Duration delay) -> "PAUSE";
            case Latency(Duration least, Duration most) -> "LATENCY";
            case Ignore(String member) -> "IGNORE " + member;
            case RunBefore(Runnable action) -> "RUN_BEFORE";
            case RunAfter(Runnable action) -> "RUN_AFTER";
        };
    }

    /** Answers with an error and changes nothing. */
    record FailBefore(String type, int status, String message) implements Effect {}

    /** Makes the change and answers with an error. */
    record FailAfter(String type, int status, String message) implements Effect {}

    /** Closes the connection and changes nothing. */
    record DropBefore() implements Effect {}

    /** Makes the change and closes the connection without an answer. */
    record DropAfter() implements Effect {}

    /** Makes the change and resets the connection within the answer. */
    record ResetAfter() implements Effect {}

    /** Closes the connection at once. Makes the change after the delay, or on release. */
    record CommitLate(@Nullable Duration delay) implements Effect {}

    /** Holds the call before its change for the delay, or until release. Then the call continues. */
    record Pause(@Nullable Duration delay) implements Effect {}

    /** Delays the call by a random time within these bounds. */
    record Latency(Duration least, Duration most) implements Effect {}

    /** Accepts the request but ignores this member of it. */
    record Ignore(String member) implements Effect {}

    /** Runs an action of another writer after the request was read and before the change. */
    record RunBefore(Runnable action) implements Effect {}

    /** Runs an action of another writer after the change and before the answer. */
    record RunAfter(Runnable action) implements Effect {}
}
