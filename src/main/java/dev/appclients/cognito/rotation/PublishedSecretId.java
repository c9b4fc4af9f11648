package dev.appclients.cognito.rotation;

import org.jspecify.annotations.Nullable;

/**
 * The secret that the client's Secret and its copies are to hold.
 *
 * @param revision counts the secrets that were published for the client, from 1, which is the original
 * @param id its id in Cognito; null for the original, which Secrets do not name
 * @param replaced the id that it replaced; null for the original
 */
public record PublishedSecretId(
        long revision, @Nullable String id, @Nullable String replaced) {

    /** The secret that Cognito generated with the client. */
    public static final PublishedSecretId ORIGINAL = new PublishedSecretId(1, null, null);
}
