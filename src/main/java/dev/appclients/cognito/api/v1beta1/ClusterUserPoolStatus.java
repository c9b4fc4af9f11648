package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The facts of a user pool, read once for all its clients. Only the operator writes it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClusterUserPoolStatus(
        @JsonPropertyDescription(
                "The generation of the spec that this status describes; -1 until the operator reconciles it.")
        @Min(-1)
        @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("The ARN of the pool (Arn), with the account that owns it.")
        @Size(max = 2048)
        @Nullable
        String userPoolARN,

        @JsonPropertyDescription("The issuer of the pool's tokens.") @Size(max = 2048) @Nullable
        String issuer,

        @JsonPropertyDescription("The full host name that the endpoints use. Absent: the pool has no domain.")
        @Size(max = 253)
        @Nullable
        String domain,

        @JsonPropertyDescription(
                "The version of the login pages (ManagedLoginVersion): 1 is the classic hosted UI, 2 is managed login.")
        @Min(1)
        @Nullable
        Integer loginVersion,

        @JsonPropertyDescription("The feature plan of the pool (UserPoolTier): LITE, ESSENTIALS or PLUS.")
        @Size(max = 64)
        @Nullable
        String tier,

        @JsonPropertyDescription("The attributes of the pool's users (SchemaAttributes). Absent: not read yet.")
        @Nullable
        AttributesStatus attributes,

        @JsonPropertyDescription(
                "Echoes the annotation cognito.appclients.dev/reconcile-requested-at that the operator handled last. A value longer than 1024 characters is cut and ends in its SHA-256 digest.")
        @Size(max = UserPoolClientStatus.REQUEST_LENGTH)
        @Nullable
        String lastHandledReconcileAt,

        @JsonPropertyDescription("The conditions at the observed generation. Ready is their summary.")
        @Size(max = 32)
        @Nullable
        List<Condition> conditions) {}
