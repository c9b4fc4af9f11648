package dev.appclients.cognito.simulator;

/** An error answer of the token endpoint, as in RFC 6749 section 5.2. */
final class TokenRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TokenRefusal(String error) {
        super(error, null, false, false);
    }

    String error() {
        return String.valueOf(getMessage());
    }

    int status() {
        return error().equals("invalid_client") ? 401 : 400;
    }
}
