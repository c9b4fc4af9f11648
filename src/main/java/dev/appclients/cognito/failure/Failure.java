package dev.appclients.cognito.failure;

/**
 * A call to AWS that did not succeed.
 *
 * @param operation the API operation, such as {@code CreateUserPoolClient}
 * @param message the error text of AWS, without request ids and without secrets
 * @param called false if the open circuit breaker failed the call; then one call in turn probes AWS
 */
public record Failure(FailureKind kind, String operation, String message, boolean called) {

    /** A call that was made. */
    public Failure(FailureKind kind, String operation, String message) {
        this(kind, operation, message, true);
    }

    /** A call that the open circuit breaker failed with the kind of the calls before it. */
    public static Failure shortCircuited(FailureKind kind, String operation) {
        return new Failure(kind, operation, "not called, because the calls before it failed in the same way", false);
    }

    /**
     * Whether the operation may have taken effect although it failed. A call that only reads or fetches credentials never has an
     * effect.
     */
    public boolean mayHaveTakenEffect() {
        return called && kind.mayHaveTakenEffect() && !isRead();
    }

    private boolean isRead() {
        return operation.startsWith("Describe")
                || operation.startsWith("List")
                || operation.startsWith("Get")
                || operation.startsWith("AssumeRole");
    }
}
