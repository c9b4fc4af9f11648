package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The keys of a published Secret. */
public enum SecretPreset {
    /** Kebab-case keys: {@code client-id}, {@code client-secret}, {@code issuer} and so on. */
    @JsonProperty("Standard")
    STANDARD,

    /** The same keys in camel case: {@code clientId}, {@code clientSecret} and so on. */
    @JsonProperty("CamelCase")
    CAMEL_CASE,

    /** The same keys in snake case: {@code client_id}, {@code client_secret} and so on. */
    @JsonProperty("SnakeCase")
    SNAKE_CASE,

    /** The same keys as names of environment variables: {@code CLIENT_ID}, {@code CLIENT_SECRET} and so on. */
    @JsonProperty("Env")
    ENV,

    /** The keys of the Service Binding specification for the type {@code oauth2}. */
    @JsonProperty("ServiceBinding")
    SERVICE_BINDING,

    /** No keys: only those of the template. */
    @JsonProperty("None")
    NONE,

    /** A value of a newer version of this API. The CRD of this version refuses it. */
    @JsonEnumDefaultValue
    @JsonIgnore
    UNKNOWN
}
