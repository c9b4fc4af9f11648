package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The source of a copy. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClaimSource(
        @JsonPropertyDescription("The namespace of the client.") @Required @Size(max = 63)
        String namespace,

        @JsonPropertyDescription(
                "The UID of the Namespace of the client. A Namespace of the same name with another UID is another source.")
        @Required
        @Size(max = 64)
        String namespaceUID) {}
