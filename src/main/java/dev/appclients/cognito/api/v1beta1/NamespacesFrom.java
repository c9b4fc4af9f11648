package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How namespaces are selected. */
public enum NamespacesFrom {
    /** Every namespace. */
    @JsonProperty("All")
    ALL,

    /** The namespaces that are named. */
    @JsonProperty("Names")
    NAMES,

    /** The namespaces whose labels match. */
    @JsonProperty("Selector")
    SELECTOR,

    /** A value that a newer version of this API knows and this operator does not; the API server never lets it in. */
    @JsonEnumDefaultValue
    @JsonIgnore
    UNKNOWN
}
