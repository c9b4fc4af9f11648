package dev.appclients.cognito.failure;

import java.io.Serial;

/** Thrown by every call of the AWS port that does not succeed. Expected, so it carries no stack trace. */
public final class FailedCall extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** @param failure what went wrong */
    public FailedCall(Failure failure) {
        super(failure.operation() + ": " + failure.message(), null, false, false);
        this.failure = failure;
    }

    /** What went wrong. */
    public Failure failure() {
        return failure;
    }
}
