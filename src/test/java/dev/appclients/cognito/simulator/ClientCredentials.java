package dev.appclients.cognito.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The credentials of a client in a token request.
 *
 * @param clientId empty if the request has none
 * @param secrets the readings of the sent value, most literal first; empty if the request has none
 * @param method {@code client_secret_basic}, {@code client_secret_post} or {@code none}
 */
record ClientCredentials(String clientId, List<String> secrets, String method) {

    static final ClientCredentials NONE = new ClientCredentials("", List.of(), "none");

    @Override
    public String toString() {
        return "ClientCredentials[" + clientId + ", " + method + "]";
    }

    /** Reads the credentials. Throws {@link TokenRefusal} for a malformed header or two methods at once. */
    static ClientCredentials of(Request request, Map<String, String> form) {
        var header = request.header("authorization");
        var inForm = form.getOrDefault("client_id", "");
        if (header == null) {
            var secret = form.get("client_secret");
            return secret == null
                    ? new ClientCredentials(inForm, List.of(), "none")
                    : new ClientCredentials(inForm, List.of(secret), "client_secret_post");
        }
        var basic = basic(header);
        if (form.containsKey("client_secret") || !inForm.isEmpty() && !inForm.equals(basic.clientId())) {
            throw new TokenRefusal("invalid_request");
        }
        return basic;
    }

    private static ClientCredentials basic(String header) {
        if (!header.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            throw new TokenRefusal("invalid_request");
        }
        try {
            var decoded = new String(
                    Base64.getDecoder()
                            .decode(header.substring("basic ".length()).trim()),
                    StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            if (colon < 0) {
                throw new TokenRefusal("invalid_request");
            }
            var literal = decoded.substring(colon + 1);
            // RFC 6749 encodes the value as in a form; Cognito's documentation does not. Clients do either.
            return new ClientCredentials(
                    URLDecoder.decode(decoded.substring(0, colon), StandardCharsets.UTF_8),
                    literal.matches("\\w*") ? List.of(literal) : List.of(literal, unescaped(literal)),
                    "client_secret_basic");
        } catch (IllegalArgumentException e) {
            throw new TokenRefusal("invalid_request");
        }
    }

    private static String unescaped(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
