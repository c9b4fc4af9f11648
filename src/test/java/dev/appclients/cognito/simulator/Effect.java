package dev.appclients.cognito.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a fault does to a call that it hits. */
sealed interface Effect {

    /** The name that people use for it. */
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

    /** An error instead of the change. */
    record FailBefore(String type, int status, String message) implements Effect {}

    /** The change is made and answered with an error. */
    record FailAfter(String type, int status, String message) implements Effect {}

    /** The connection is closed and nothing is changed. */
    record DropBefore() implements Effect {}

    /** The change is made and the connection is closed without an answer. */
    record DropAfter() implements Effect {}

    /** The change is made and the connection is reset when half of the answer has been sent. */
    record ResetAfter() implements Effect {}

    /** The connection is closed at once; the change is made when the delay is over or the fault is released. */
    record CommitLate(@Nullable Duration delay) implements Effect {}

    /** The call waits before its change, until the delay is over or the fault is released; then it goes on as if nothing was. */
    record Pause(@Nullable Duration delay) implements Effect {}

    /** The call takes so much longer, evenly between the two. */
    record Latency(Duration least, Duration most) implements Effect {}

    /** The service takes the request and does not do what this member of it says. */
    record Ignore(String member) implements Effect {}

    /** Somebody else acts in the window between reading the request and changing the state. */
    record RunBefore(Runnable action) implements Effect {}

    /** Somebody else acts in the window between changing the state and answering. */
    record RunAfter(Runnable action) implements Effect {}
}
