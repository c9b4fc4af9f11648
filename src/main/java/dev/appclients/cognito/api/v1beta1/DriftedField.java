package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A setting of an observed client that differs from the manifest. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DriftedField(
        @JsonPropertyDescription("The setting, named as in the spec.") @Required @Size(max = 64)
        String field,

        @JsonPropertyDescription("The value of the manifest or its default, cut to 1024 characters.")
        @Required
        @Size(max = DriftedField.MAX_VALUE)
        String desired,

        @JsonPropertyDescription("The value in Cognito, cut to 1024 characters.")
        @Required
        @Size(max = DriftedField.MAX_VALUE)
        String observed) {

    /** The maximum length of a value in characters. */
    public static final int MAX_VALUE = 1024;
}
