package dev.appclients.cognito.failure;

import java.io.Serial;

/** A call of the AWS port failed. Expected, so it has no stack trace. */
public final class AwsCallException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public AwsCallException(Failure failure) {
        super(failure.operation() + ": " + failure.message(), null, false, false);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
