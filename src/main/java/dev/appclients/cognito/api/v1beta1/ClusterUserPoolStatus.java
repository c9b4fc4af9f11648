package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a user pool. Read once for all its clients; written by the operator alone. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClusterUserPoolStatus(
        @JsonPropertyDescription(
                "The generation of the spec that this status speaks of; -1 until the operator has looked.")
        @Min(-1)
        @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("The ARN of the pool (Arn); tells the account in which it was found.")
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
                "Which login pages the domain shows (ManagedLoginVersion): 1 the classic ones, 2 managed login.")
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
                "Echoes the annotation cognito.appclients.dev/reconcile-requested-at that was last acted upon. A value longer than 1024 characters is cut and ends in its SHA-256 digest.")
        @Size(max = UserPoolClientStatus.REQUEST_LENGTH)
        @Nullable
        String lastHandledReconcileAt,

        @JsonPropertyDescription("What holds at the observed generation; Ready sums it up.") @Size(max = 32) @Nullable
        List<Condition> conditions) {}
