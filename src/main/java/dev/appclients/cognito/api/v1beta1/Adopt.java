package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An existing app client to adopt instead of creating a new one. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Adopt(
        @JsonPropertyDescription("The id of the app client in Cognito (ClientId).")
        @Required
        @Size(min = 1, max = 128)
        @Pattern(Patterns.CLIENT_ID)
        String clientId) {}
