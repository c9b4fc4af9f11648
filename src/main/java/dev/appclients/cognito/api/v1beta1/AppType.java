package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What kind of application a client is for; decides what is filled in where the manifest is silent. Frozen per API version. */
public enum AppType {
    /** Runs where users can read it: no secret, sign-in by SRP. */
    @JsonProperty("Public")
    PUBLIC,

    /** Runs on a server: a secret, sign-in by SRP. */
    @JsonProperty("Confidential")
    CONFIDENTIAL,

    /** Signs in as itself: a secret and the flow {@code client_credentials}. */
    @JsonProperty("MachineToMachine")
    MACHINE_TO_MACHINE,

    /** Nothing is filled in beyond Cognito's own defaults. */
    @JsonProperty("Other")
    OTHER,

    /** A value that a newer version of this API knows and this operator does not; the API server never lets it in. */
    @JsonEnumDefaultValue
    @JsonIgnore
    UNKNOWN
}
