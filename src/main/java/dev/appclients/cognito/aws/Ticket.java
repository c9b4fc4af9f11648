package dev.appclients.cognito.aws;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/** One wish to make one call, from the moment it waits until the call has ended. Belongs to one {@link Lane}. */
final class Ticket {

    private final Line line;
    private final Priority priority;
    private final String namespace;
    private final Runnable wake;
    private @Nullable Grants grants;
    private boolean begun;
    private @Nullable FailureKind sparedFor;

    Ticket(Line line, Priority priority, String namespace, Runnable wake) {
        this.line = line;
        this.priority = priority;
        this.namespace = namespace;
        this.wake = wake;
    }

    Line line() {
        return line;
    }

    Priority priority() {
        return priority;
    }

    String namespace() {
        return namespace;
    }

    /** Tells whoever waits that the wait is over. */
    void wake() {
        wake.run();
    }

    boolean isGranted() {
        return grants != null;
    }

    @Nullable
    Grants grants() {
        return grants;
    }

    void granted(Grants given) {
        this.grants = given;
    }

    /** Whether the call has not begun before. */
    boolean begin() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    /** What other calls came to, when that is why this one is not made. */
    @Nullable
    FailureKind sparedFor() {
        return sparedFor;
    }

    void spared(FailureKind failureOfOthers) {
        sparedFor = failureOfOthers;
    }

    /** What the category's and the pool's pacer gave. */
    record Grants(Pacer.Grant category, Pacer.Grant pool) {}
}
