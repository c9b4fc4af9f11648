package dev.appclients.cognito.model;

import java.time.Instant;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * An app client as Cognito describes it.
 *
 * @param pool the pool of the client
 * @param clientId assigned by Cognito
 * @param settings its settings in normal form
 * @param secret the value of the original secret; null for a public client, and after the original secret was deleted, whatever other
 *     secrets the client has
 * @param unknownMembers the members in the response of Cognito that this version does not know, at most 20; an update may reset them
 * @param created when Cognito created the client; null if the response does not have it
 */
public record AppClient(
        PoolId pool,
        String clientId,
        AppClientSettings settings,
        @Nullable ClientSecret secret,
        SortedSet<String> unknownMembers,
        @Nullable Instant created) {

    public AppClient {
        unknownMembers = Sets.sorted(unknownMembers);
    }

    /** A client without unknown members and creation time. */
    public AppClient(PoolId pool, String clientId, AppClientSettings settings, @Nullable ClientSecret secret) {
        this(pool, clientId, settings, secret, Sets.sorted(null), null);
    }

    /** The same client with this secret. */
    public AppClient withSecret(@Nullable ClientSecret known) {
        return new AppClient(pool, clientId, settings, known, unknownMembers, created);
    }
}
