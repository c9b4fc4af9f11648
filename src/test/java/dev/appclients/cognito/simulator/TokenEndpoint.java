package dev.appclients.cognito.simulator;

import org.jspecify.annotations.Nullable;

/** The OAuth token endpoint of every pool. Any live secret authenticates a client. */
final class TokenEndpoint {

    private final World world;
    private final Authentications authentications;

    TokenEndpoint(World world, Authentications authentications) {
        this.world = world;
        this.authentications = authentications;
    }

    /** Authenticates a client without HTTP. Counts and records as a request would. */
    boolean authenticate(String clientId, String secret) {
        return authenticated(clientId, secret, "authenticate") != null;
    }

    private @Nullable LiveSecret authenticated(String clientId, String secret, String method) {
        var pool = world.poolOfClient(clientId);
        var client = pool == null ? null : pool.clients().get(clientId);
        var live = client == null ? null : client.secretWithValue(secret);
        if (live != null) {
            authentications.accepted(clientId, live.id());
            return live;
        }
        var former = pool == null ? null : pool.clients().archive().idOf(clientId, secret);
        authentications.refused(clientId, former, method, "invalid_client");
        return null;
    }
}
