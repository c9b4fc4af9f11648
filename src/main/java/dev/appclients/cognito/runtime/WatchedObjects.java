package dev.appclients.cognito.runtime;

/**
 * How many objects fill the caches.
 *
 * @param clients the UserPoolClients, each with its Secret
 * @param claims the ClientSecretClaims, each with its copy
 */
record WatchedObjects(long clients, long claims) {

    /** The larger number of each kind. */
    WatchedObjects max(WatchedObjects other) {
        return new WatchedObjects(Math.max(clients, other.clients), Math.max(claims, other.claims));
    }

    @Override
    public String toString() {
        return clients + " UserPoolClients and " + claims + " ClientSecretClaims";
    }
}
