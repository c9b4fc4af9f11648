package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** Makes the operator write a ClientSecretClaim in each namespace of the offer. The pool must permit it in spec.sharing.pushFrom. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Push(
        @JsonPropertyDescription("The Secret that each of these claims asks for.") @Required
        PushedSecret secret) {}
