package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How the operator treats an app client. */
public enum Mode {
    /** Keeps it equal to the manifest. */
    @JsonProperty("Manage")
    MANAGE,

    /** Publishes its Secret and reports drift, but never writes to Cognito. */
    @JsonProperty("Observe")
    OBSERVE,

    /** A value of a newer version of this API. The CRD of this version refuses it. */
    @JsonEnumDefaultValue
    @JsonIgnore
    UNKNOWN
}
