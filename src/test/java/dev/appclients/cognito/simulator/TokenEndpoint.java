package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The OAuth token endpoint of every pool: {@code POST /oauth2/token}. Any live secret authenticates a client. Access tokens are
 * random text, since no resource server checks them.
 */
final class TokenEndpoint {

    static final String PATH = "/oauth2/token";
    /** A grant that Cognito does not have: it stands for a user who signed in, and gives a refresh token. */
    static final String USER_GRANT = "urn:simulator:user";

    private static final String INVALID_CLIENT = "invalid_client";
    private static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-store", "Pragma", "no-cache");

    /** An authenticated client. The secret is null for a public client. */
    private record Authenticated(AppClient client, @Nullable LiveSecret secret) {

        String secretId() {
            return secret == null ? Authentications.NO_SECRET : secret.id();
        }
    }

    private final World world;
    private final Authentications authentications;
    private final RefreshTokens refreshTokens;
    private final Ids ids;

    TokenEndpoint(World world, Authentications authentications, RefreshTokens refreshTokens, Ids ids) {
        this.world = world;
        this.authentications = authentications;
        this.refreshTokens = refreshTokens;
        this.ids = ids;
    }

    /** Authenticates a client without HTTP. Counts and records as a request would. */
    boolean authenticate(String clientId, String secret) {
        return authenticated(new ClientCredentials(clientId, List.of(secret), "authenticate")) != null;
    }

    /** Issues a refresh token as the user grant does; null if the client is refused. */
    @Nullable
    String refreshToken(String clientId, String secret) {
        var authenticated = authenticated(new ClientCredentials(clientId, List.of(secret), "authenticate"));
        return authenticated == null ? null : refreshTokens.issue(authenticated.client(), authenticated.secretId());
    }

    private @Nullable Authenticated authenticated(ClientCredentials credentials) {
        try {
            var authenticated = requireClient(credentials);
            authentications.accepted(credentials.clientId(), authenticated.secretId());
            return authenticated;
        } catch (TokenRefusal e) {
            record(credentials, e);
            return null;
        }
    }

    Answer handle(Request request) {
        var credentials = ClientCredentials.NONE;
        try {
            var form = form(request);
            credentials = ClientCredentials.of(request, form);
            var authenticated = requireClient(credentials);
            var granted = grant(form, authenticated);
            authentications.accepted(credentials.clientId(), authenticated.secretId());
            return new Answer.Reply(200, "application/json", HEADERS, Json.bytes(granted));
        } catch (TokenRefusal e) {
            record(credentials, e);
            var headers = e.status() == 401
                    ? Map.of("Cache-Control", "no-store", "Pragma", "no-cache", "WWW-Authenticate", "Basic")
                    : HEADERS;
            var body = Json.bytes(Json.object().put("error", e.error()));
            return new Answer.Reply(e.status(), "application/json", headers, body);
        }
    }

    private static Map<String, String> form(Request request) {
        var type = Objects.requireNonNullElse(request.header("content-type"), "");
        if (!request.method().equals("POST") || !type.startsWith("application/x-www-form-urlencoded")) {
            throw new TokenRefusal("invalid_request");
        }
        try {
            return request.form();
        } catch (IllegalArgumentException e) {
            throw new TokenRefusal("invalid_request");
        }
    }

    private Authenticated requireClient(ClientCredentials credentials) {
        var pool = world.poolOfClient(credentials.clientId());
        var client = pool == null ? null : pool.clients().get(credentials.clientId());
        if (client == null) {
            throw new TokenRefusal(INVALID_CLIENT);
        }
        if (!client.confidential() && credentials.secrets().isEmpty()) {
            return new Authenticated(client, null);
        }
        for (var value : credentials.secrets()) {
            var live = client.secretWithValue(value);
            if (live != null) {
                return new Authenticated(client, live);
            }
        }
        throw new TokenRefusal(INVALID_CLIENT);
    }

    private ObjectNode grant(Map<String, String> form, Authenticated authenticated) {
        var client = authenticated.client();
        return switch (form.getOrDefault("grant_type", "")) {
            case "client_credentials" -> clientCredentials(form, authenticated);
            case "refresh_token" -> {
                var token = form.get("refresh_token");
                if (token == null) {
                    throw new TokenRefusal("invalid_request");
                }
                if (!refreshTokens.accepts(token, client)) {
                    throw new TokenRefusal("invalid_grant");
                }
                yield tokens();
            }
            case USER_GRANT -> tokens().put("refresh_token", refreshTokens.issue(client, authenticated.secretId()));
            case "" -> throw new TokenRefusal("invalid_request");
            default -> throw new TokenRefusal("unsupported_grant_type");
        };
    }

    private ObjectNode clientCredentials(Map<String, String> form, Authenticated authenticated) {
        var client = authenticated.client();
        boolean allowed = authenticated.secret() != null
                && client.setting("AllowedOAuthFlowsUserPoolClient").stream().anyMatch(flag -> flag.asBoolean())
                && settings(client, "AllowedOAuthFlows").contains("client_credentials");
        if (!allowed) {
            throw new TokenRefusal("unauthorized_client");
        }
        var scopes = settings(client, "AllowedOAuthScopes");
        var asked = form.getOrDefault("scope", "").strip();
        if (!asked.isEmpty() && !scopes.containsAll(List.of(asked.split(" +")))) {
            throw new TokenRefusal("invalid_scope");
        }
        return tokens();
    }

    private ObjectNode tokens() {
        return Json.object()
                .put("access_token", ids.word(40))
                .put("expires_in", 3600)
                .put("token_type", "Bearer");
    }

    private static List<String> settings(AppClient client, String member) {
        return Json.list(client.setting(member).orElse(null));
    }

    /** Records the refusal with the secret that has or had the sent value. */
    private void record(ClientCredentials credentials, TokenRefusal refusal) {
        var pool = world.poolOfClient(credentials.clientId());
        var secretId = pool == null
                ? null
                : credentials.secrets().stream()
                        .map(value -> pool.clients().archive().idOf(credentials.clientId(), value))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        authentications.refused(credentials.clientId(), secretId, credentials.method(), refusal.error());
    }
}
