package dev.appclients.cognito.model;

import java.time.Instant;

/**
 * A secret of an app client, without its value.
 *
 * @param id assigned by Cognito, at most 128 characters
 * @param created when Cognito created the secret, by Cognito's clock
 */
public record SecretId(String id, Instant created) {

    /** Cognito composes an id of the id of the app client, this separator, and the time. */
    private static final String SEPARATOR = "--";

    /** Whether the id may be that of a secret of this app client. An id of another form may be. */
    public boolean mayBelongTo(String clientId) {
        int end = id.indexOf(SEPARATOR);
        return end < 0 || id.substring(0, end).equals(clientId);
    }
}
