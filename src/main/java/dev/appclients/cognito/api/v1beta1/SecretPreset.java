package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The keys of a published Secret. */
public enum SecretPreset {
    /** Kebab-case keys: {@code client-id}, {@code client-secret}, {@code issuer} and so on. */
    @JsonProperty("Standard")
    STANDARD,

    /** A value of a newer version of this API. The CRD of this version refuses it. */
    @JsonEnumDefaultValue
    @JsonIgnore
    UNKNOWN
}
