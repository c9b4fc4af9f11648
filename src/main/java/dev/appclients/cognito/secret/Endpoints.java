package dev.appclients.cognito.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a client talks to Cognito. An endpoint that would only refuse this client is absent: all but the key set without a
 * domain or without OAuth, those of the browser login for a machine.
 *
 * @param authorizationUri where the browser login begins
 * @param tokenUri where codes, refresh tokens and client credentials become tokens
 * @param userInfoUri the claims of the user behind an access token
 * @param logoutUri where the browser session ends
 * @param jwksUri the keys that the pool's tokens are signed with
 * @param loginUrl a complete link to the login page of this client
 */
public record Endpoints(
        @Nullable String authorizationUri,
        @Nullable String tokenUri,
        @Nullable String userInfoUri,
        @Nullable String logoutUri,
        String jwksUri,
        @Nullable String loginUrl) {

    /** The endpoints of a client. */
    public static Endpoints of(PublicValues values) {
        String host = values.domainHost();
        String jwks = values.issuer() + "/.well-known/jwks.json";
        if (host == null || values.oauthFlows().isEmpty()) {
            return new Endpoints(null, null, null, null, jwks, null);
        }
        String base = "https://" + host;
        String token = base + "/oauth2/token";
        if (!values.redirects()) {
            return new Endpoints(null, token, null, null, jwks, null);
        }
        return new Endpoints(
                base + "/oauth2/authorize",
                token,
                base + "/oauth2/userInfo",
                base + "/logout",
                jwks,
                loginUrl(base, values));
    }

    private static @Nullable String loginUrl(String base, PublicValues values) {
        String redirectUri = values.redirectUri();
        if (redirectUri == null) {
            return null;
        }
        String responseType = values.oauthFlows().contains("code") ? "code" : "token";
        String scope = values.scopes().stream().map(Endpoints::encode).collect(Collectors.joining("+"));
        return base + "/login?response_type=" + responseType + "&client_id=" + encode(values.clientId())
                + "&redirect_uri=" + encode(redirectUri) + (scope.isEmpty() ? "" : "&scope=" + scope);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, UTF_8);
    }
}
