package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How the random bytes of a generated key are written. */
public enum KeyEncoding {
    /** The URL-safe alphabet of RFC 4648, without padding. */
    @JsonProperty("Base64Url")
    BASE64_URL,

    /** Base64 of RFC 4648, with padding. */
    @JsonProperty("Base64")
    BASE64,

    /** Two lower-case hexadecimal digits for each byte. */
    @JsonProperty("Hex")
    HEX,

    /** A value of a newer version of this API. The CRD of this version refuses it. */
    @JsonEnumDefaultValue
    @JsonIgnore
    UNKNOWN
}
