package dev.appclients.cognito.model;

import java.time.Instant;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * An app client as Cognito described it.
 *
 * @param pool the pool that it lives in
 * @param clientId assigned by Cognito
 * @param settings its settings in normal form
 * @param secret the original generated secret while that one lives; null for a public client, and once the original is retired
 * @param unknownMembers names of members in Cognito's answer that this version does not know, at most 20: an update may reset them
 * @param created when Cognito created the client; null where it does not say so
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

    /** A client whose every member is known. */
    public AppClient(PoolId pool, String clientId, AppClientSettings settings, @Nullable ClientSecret secret) {
        this(pool, clientId, settings, secret, Sets.sorted(null), null);
    }

    /** The same client with this secret. */
    public AppClient withSecret(@Nullable ClientSecret known) {
        return new AppClient(pool, clientId, settings, known, unknownMembers, created);
    }
}
