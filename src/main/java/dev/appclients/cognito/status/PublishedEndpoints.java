package dev.appclients.cognito.status;

import org.jspecify.annotations.Nullable;

/**
 * The public values that a consumer signs in with.
 *
 * @param issuer OIDC issuer of the pool
 * @param loginURL where a user signs in; null without a redirect flow or a domain
 */
public record PublishedEndpoints(
        @Nullable String issuer, @Nullable String loginURL) {

    /** Not known yet. */
    public static final PublishedEndpoints NONE = new PublishedEndpoints(null, null);
}
