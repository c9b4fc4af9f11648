package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Which keys a published Secret carries. */
public enum SecretPreset {
    /** Kebab-case keys: {@code client-id}, {@code client-secret}, {@code issuer} and so on. */
    @JsonProperty("Standard")
    STANDARD,

    /** A value that a newer version of this API knows and this operator does not; the API server never lets it in. */
    @JsonEnumDefaultValue
    @JsonIgnore
    UNKNOWN
}
