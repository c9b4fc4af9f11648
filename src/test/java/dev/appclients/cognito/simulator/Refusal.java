package dev.appclients.cognito.simulator;

/** An error answer of the service: its exception type, HTTP status and message. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final int status;

    Refusal(String type, int status, String message) {
        // Without a stack trace: thrown thousands of times under load, and no caller reads it.
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

    /** Returns the error with the code that STS uses for it. */
    Refusal asStsError() {
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
