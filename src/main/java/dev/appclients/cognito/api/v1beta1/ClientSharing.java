package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** The namespaces to which a client offers copies of its Secret. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientSharing(
        @JsonPropertyDescription(
                "The namespaces that may have a copy. The pool limits them in its spec.sharing.namespaces.")
        @Required
        NamespaceSelection namespaces,

        @JsonPropertyDescription(
                "Makes the operator write a claim in each of these namespaces that the pool permits. Absent: a namespace gets a copy only on request, by a ClientSecretClaim of its own.")
        @Nullable
        Push push) {}
