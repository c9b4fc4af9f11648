package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What the operator does with an app client or a Secret when its UserPoolClient is deleted. */
public enum DeletionPolicy {
    /** Deletes it. */
    @JsonProperty("Delete")
    DELETE,

    /** Keeps it. */
    @JsonProperty("Retain")
    RETAIN,

    /** A value of a newer version of this API. The CRD of this version refuses it. */
    @JsonEnumDefaultValue
    @JsonIgnore
    UNKNOWN
}
