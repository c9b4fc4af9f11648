package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What the operator does with an app client. */
public enum Mode {
    /** Keeps it equal to the manifest. */
    @JsonProperty("Manage")
    MANAGE,

    /** Only looks: publishes its Secret and says what differs, and never writes to Cognito. */
    @JsonProperty("Observe")
    OBSERVE,

    /** A value that a newer version of this API knows and this operator does not; the API server never lets it in. */
    @JsonEnumDefaultValue
    @JsonIgnore
    UNKNOWN
}
