package dev.appclients.cognito.failure;

/**
 * A call to AWS that did not succeed.
 *
 * @param kind what it means
 * @param operation the API operation, such as {@code CreateUserPoolClient}
 * @param message the service's own words, without request ids and never with a secret
 */
public record Failure(FailureKind kind, String operation, String message) {}
