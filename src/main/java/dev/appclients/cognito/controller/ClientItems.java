package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import java.util.List;

/**
 * The cache of the clients, without the list of the fields that each writer owns: nothing reads it, it is more than half of the
 * object, and every look at the cache copies what is in it.
 */
public final class ClientItems extends TransformingItemStore<UserPoolClient> {

    /** The framework makes it. */
    public ClientItems() {
        super(ClientItems::withoutOwnedFields);
    }

    private static UserPoolClient withoutOwnedFields(UserPoolClient client) {
        client.getMetadata().setManagedFields(List.of());
        return client;
    }
}
