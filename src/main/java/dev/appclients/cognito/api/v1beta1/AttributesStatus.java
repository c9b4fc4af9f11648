package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The attributes that the users of a pool can have. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttributesStatus(
        @JsonPropertyDescription("Every attribute by its name; custom ones carry the prefix custom:.")
        @Required
        @Size(max = 1000)
        List<@Size(max = 2048) String> names,

        @JsonPropertyDescription(
                "The attributes that every user must have and that can be changed; a client's writeAttributes must contain them.")
        @Required
        @Size(max = 1000)
        List<@Size(max = 2048) String> required) {}
