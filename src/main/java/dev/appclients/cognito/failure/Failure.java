package dev.appclients.cognito.failure;

/**
 * A call to AWS that did not succeed.
 *
 * @param kind what it means
 * @param operation the API operation, such as {@code CreateUserPoolClient}
 * @param message the service's own words, without request ids and never with a secret
 */
public record Failure(FailureKind kind, String operation, String message) {

    /**
     * Whether the operation may have changed something although it failed. A call that only reads, or that only fetches
     * credentials, changes nothing however it ends.
     */
    public boolean mayHaveTakenEffect() {
        return kind.mayHaveTakenEffect() && !isRead();
    }

    private boolean isRead() {
        return operation.startsWith("Describe")
                || operation.startsWith("List")
                || operation.startsWith("Get")
                || operation.startsWith("AssumeRole");
    }
}
