package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The UserPoolClient of a claim. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientRef(
        @JsonPropertyDescription("The namespace of the UserPoolClient.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Patterns.LABEL_NAME)
        String namespace,

        @JsonPropertyDescription("The name of the UserPoolClient.")
        @Required
        @Size(min = 1, max = Patterns.OBJECT_NAME_LENGTH)
        @Pattern(Patterns.OBJECT_NAME)
        String name) {}
