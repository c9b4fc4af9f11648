package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says what speaks against an app client that bears an object's name: everybody who may rename clients can give such a name. */
@FunctionalInterface
interface Objections {

    /**
     * What speaks against the client.
     *
     * @param found the id of a client whose name ends in the object's suffix, or may do so
     * @param created when Cognito created that client; null when that is not known
     * @return sentences for the object's owner; null when nothing speaks against it
     */
    @Nullable
    String to(UserPoolClient resource, String found, @Nullable Instant created);
}
