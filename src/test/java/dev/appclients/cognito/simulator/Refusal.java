package dev.appclients.cognito.simulator;

/** An answer of the service that is an error: its exception type, HTTP status and message. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final int status;

    Refusal(String type, int status, String message) {
        // Thrown thousands of times under load and never looked at as a stack trace.
        super(message, null, false, false);
        this.type = type;
        this.status = status;
    }

    String type() {
        return type;
    }

    int status() {
        return status;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    /** STS has its own names for what is wrong with an identity. */
    Refusal inTheWordsOfSts() {
        return switch (type) {
            case "UnrecognizedClientException" -> new Refusal("InvalidClientTokenId", 403, message());
            case "ExpiredTokenException" -> new Refusal("ExpiredToken", 403, message());
            case "MissingAuthenticationTokenException" -> new Refusal("MissingAuthenticationToken", 403, message());
            case "InvalidSignatureException" -> new Refusal("SignatureDoesNotMatch", 403, message());
            case "AccessDeniedException" -> new Refusal("AccessDenied", 403, message());
            default -> this;
        };
    }

    static Refusal invalidParameter(String message) {
        return new Refusal("InvalidParameterException", 400, message);
    }

    static Refusal invalidOAuthFlow(String message) {
        return new Refusal("InvalidOAuthFlowException", 400, message);
    }

    static Refusal notFound(String message) {
        return new Refusal("ResourceNotFoundException", 400, message);
    }

    static Refusal limitExceeded(String message) {
        return new Refusal("LimitExceededException", 400, message);
    }
}
