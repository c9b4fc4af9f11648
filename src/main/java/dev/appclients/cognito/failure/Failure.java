package dev.appclients.cognito.failure;

/**
 * A call to AWS that did not succeed.
 *
 * @param kind what it means
 * @param operation the API operation, such as {@code CreateUserPoolClient}
 * @param message the service's own words, without request ids and never with a secret
 * @param called whether the call was made at all: during an outage one call asks for all who wait
 */
public record Failure(FailureKind kind, String operation, String message, boolean called) {

    /** A call that was made. */
    public Failure(FailureKind kind, String operation, String message) {
        this(kind, operation, message, true);
    }

    /** A call that was not made, because those before it came to nothing, in this way. */
    public static Failure shortCircuited(FailureKind kind, String operation) {
        return new Failure(kind, operation, "not called, because the calls before it failed in the same way", false);
    }

    /**
     * Whether the operation may have changed something although it failed. A call that only reads, or that only fetches
     * credentials, changes nothing however it ends.
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
