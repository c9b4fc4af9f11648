package dev.appclients.cognito.secret.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The Cognito endpoints of a client. An endpoint that would refuse this client is null. Without a domain or without OAuth only
 * the key set remains; a machine client has no endpoints of the browser login.
 *
 * @param authorizationUri starts the browser login
 * @param tokenUri exchanges codes, refresh tokens and client credentials for tokens
 * @param userInfoUri returns the claims of the user of an access token
 * @param logoutUri ends the browser session
 * @param jwksUri the keys that sign the pool's tokens
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
        if (!values.usesBrowserLogin()) {
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
