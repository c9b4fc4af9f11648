package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The kind of application; decides the defaults of a client. The defaults are frozen per API version. */
public enum AppType {
    /** An application whose code users can read: no secret, sign-in by SRP. */
    @JsonProperty("Public")
    PUBLIC,

    /** An application on a server: a secret, sign-in by SRP. */
    @JsonProperty("Confidential")
    CONFIDENTIAL,

    /** An application that signs in without a user: a secret and the flow {@code client_credentials}. */
    @JsonProperty("MachineToMachine")
    MACHINE_TO_MACHINE,

    /** Only Cognito's own defaults. */
    @JsonProperty("Other")
    OTHER,

    /** A value of a newer version of this API. The CRD of this version refuses it. */
    @JsonEnumDefaultValue
    @JsonIgnore
    UNKNOWN
}
