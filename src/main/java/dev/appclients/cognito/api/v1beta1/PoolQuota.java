package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How many objects of each namespace a pool serves. The oldest are served first. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PoolQuota(
        @JsonPropertyDescription("The most UserPoolClients of a namespace. Absent: unlimited.")
        @Min(0)
        @Max(10000)
        @Nullable
        Integer clientsPerNamespace,

        @JsonPropertyDescription(
                "The most ClientSecretClaims of a namespace, except those of a push. Absent: unlimited.")
        @Min(0)
        @Max(10000)
        @Nullable
        Integer claimsPerNamespace) {}
