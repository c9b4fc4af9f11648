package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The copies of a client in other namespaces, and in other shapes. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CopiesStatus(
        @JsonPropertyDescription("The number of claims that the client and its pool permit.") @Required @Min(0)
        Integer wanted,

        @JsonPropertyDescription("The number of these whose copy is ready.") @Required @Min(0)
        Integer ready,

        @JsonPropertyDescription("Both numbers, as ready/wanted.") @Required @Size(max = 32)
        String summary) {}
