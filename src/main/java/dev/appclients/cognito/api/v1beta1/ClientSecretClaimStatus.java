package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of a copy. Only the operator writes it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientSecretClaimStatus(
        @JsonPropertyDescription(
                "The generation of the spec that this status describes; -1 until the operator reconciles it.")
        @Min(-1)
        @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("The Secret to bind to, for the Service Binding specification.") @Nullable
        Binding binding,

        @JsonPropertyDescription("The copy as it was last written.") @Nullable
        ClaimedSecretStatus secret,

        @JsonPropertyDescription("The source of the copy.") @Nullable
        ClaimSource source,

        @JsonPropertyDescription(
                "Echoes the annotation cognito.appclients.dev/reconcile-requested-at that the operator handled last. A value longer than 1024 characters is cut and ends in its SHA-256 digest.")
        @Size(max = UserPoolClientStatus.REQUEST_LENGTH)
        @Nullable
        String lastHandledReconcileAt,

        @JsonPropertyDescription("The conditions at the observed generation. Ready is their summary.")
        @Size(max = 8)
        @Nullable
        List<Condition> conditions) {}
