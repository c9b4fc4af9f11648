package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.authorization.PoolSnapshot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Checks an app client that has an object's name. A person who may rename app clients can give the name to another one. */
@FunctionalInterface
interface Objections {

    /**
     * Says why the app client is not the object's.
     *
     * @param pool of the app client
     * @param found id of an app client whose name ends in the object's suffix, or may do so
     * @param created when Cognito created that app client; null if unknown
     * @return sentences for the object's owner; null without an objection
     */
    @Nullable
    String to(UserPoolClient resource, PoolSnapshot pool, String found, @Nullable Instant created);
}
