package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Where copies of the Secrets of a pool may be. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PoolSharing(
        @JsonPropertyDescription(
                "The namespaces that may have copies, of the clients that offer them there. Absent: none.")
        @Nullable
        NamespaceSelection namespaces,

        @JsonPropertyDescription(
                "The namespaces whose clients may push copies without a claim of the target namespace. Absent: none.")
        @Nullable
        NamespaceSelection pushFrom) {}
