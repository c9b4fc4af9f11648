package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a pool trusts its namespaces. */
public enum Tenancy {
    /** UserPoolClients may use every setting. */
    @JsonProperty("Trusted")
    TRUSTED,

    /** Allowed namespaces may use only the settings that the pool lists. */
    @JsonProperty("Restricted")
    RESTRICTED,

    /** A value of a newer version of this API. The CRD of this version refuses it. */
    @JsonEnumDefaultValue
    @JsonIgnore
    UNKNOWN
}
