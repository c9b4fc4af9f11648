package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How far the namespaces that use a pool are trusted. */
public enum Tenancy {
    /** Namespaces that may use the pool may set anything. */
    @JsonProperty("Trusted")
    TRUSTED,

    /** A value that a newer version of this API knows and this operator does not; the API server never lets it in. */
    @JsonEnumDefaultValue
    @JsonIgnore
    UNKNOWN
}
