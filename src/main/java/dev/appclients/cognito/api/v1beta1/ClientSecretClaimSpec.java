package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** The copy that the namespace of the claim asks for. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientSecretClaimSpec(
        @JsonPropertyDescription("The client whose Secret is copied. Can be changed: the copy is then rewritten.")
        @Required
        ClientRef clientRef,

        @JsonPropertyDescription("The copy. Absent: a Secret with the name of this object and the preset Standard.")
        @Nullable
        ClaimedSecret secret) {}
