package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** As whom the operator calls AWS for a pool. */
public enum AwsIdentity {
    /** The operator's own AWS identity. */
    @JsonProperty("Operator")
    OPERATOR,

    /** A role that the operator assumes. */
    @JsonProperty("AssumeRole")
    ASSUME_ROLE,

    /** A value that a newer version of this API knows and this operator does not; the API server never lets it in. */
    @JsonEnumDefaultValue
    @JsonIgnore
    UNKNOWN
}
