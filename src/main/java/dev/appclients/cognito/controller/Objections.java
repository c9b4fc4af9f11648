package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Objects to an app client that only has an object's name: a person who may rename clients can give it to another one. */
@FunctionalInterface
interface Objections {

    /**
     * Why the client is not the object's.
     *
     * @param found the id of a client whose name ends in the object's suffix, or may do so
     * @param created when Cognito created that client; null when that is not known
     * @return sentences for the object's owner; null without an objection
     */
    @Nullable
    String to(UserPoolClient resource, String found, @Nullable Instant created);
}
