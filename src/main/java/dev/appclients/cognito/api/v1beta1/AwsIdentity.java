package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The identity with which the operator calls AWS for a pool. */
public enum AwsIdentity {
    /** The operator's own AWS identity. */
    @JsonProperty("Operator")
    OPERATOR,

    /** A role that the operator assumes. */
    @JsonProperty("AssumeRole")
    ASSUME_ROLE,

    /** A value of a newer version of this API. The CRD of this version refuses it. */
    @JsonEnumDefaultValue
    @JsonIgnore
    UNKNOWN
}
