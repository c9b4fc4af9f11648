package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A setting of an observed client that is not as its manifest says. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DriftedField(
        @JsonPropertyDescription("The setting, named as in the spec.") @Required @Size(max = 64)
        String field,

        @JsonPropertyDescription("What the manifest says, with what it leaves out filled in; cut to 1024 characters.")
        @Required
        @Size(max = DriftedField.MAX_VALUE)
        String desired,

        @JsonPropertyDescription("What Cognito has; cut to 1024 characters.")
        @Required
        @Size(max = DriftedField.MAX_VALUE)
        String observed) {

    /** The most that is shown of a value. */
    public static final int MAX_VALUE = 1024;
}
