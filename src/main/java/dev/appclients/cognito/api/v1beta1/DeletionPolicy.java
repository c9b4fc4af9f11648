package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to a thing when the object that made it is deleted. */
public enum DeletionPolicy {
    /** Goes with its owner. */
    @JsonProperty("Delete")
    DELETE,

    /** Stays when its owner goes. */
    @JsonProperty("Retain")
    RETAIN,

    /** A value that a newer version of this API knows and this operator does not; the API server never lets it in. */
    @JsonEnumDefaultValue
    @JsonIgnore
    UNKNOWN
}
