package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How namespaces are selected. */
public enum NamespacesFrom {
    /** Every namespace. */
    @JsonProperty("All")
    ALL,

    /** The namespaces in {@code names}. */
    @JsonProperty("Names")
    NAMES,

    /** The namespaces whose labels match {@code selector}. */
    @JsonProperty("Selector")
    SELECTOR,

    /** A value of a newer version of this API. The CRD of this version refuses it. */
    @JsonEnumDefaultValue
    @JsonIgnore
    UNKNOWN
}
