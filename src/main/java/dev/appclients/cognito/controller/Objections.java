package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import org.jspecify.annotations.Nullable;

/** Says what speaks against an app client that bears an object's name: a name can be given by everybody who may rename clients. */
interface Objections {

    /**
     * What speaks against a client whose id the object's status or Secret names.
     *
     * @param found the id of a client whose name ends in the object's suffix
     * @return sentences for the object's owner; null when nothing speaks against it
     */
    @Nullable
    String toKnown(UserPoolClient resource, String found);

    /** The same for a client that was found by its name alone, which therefore proves less. */
    @Nullable
    String toFound(UserPoolClient resource, String found);
}
