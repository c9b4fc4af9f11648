package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of an app client. Written by the operator alone; never a proof of anything, see the ownership rules. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UserPoolClientStatus(
        @JsonPropertyDescription(
                "The generation of the spec that this status speaks of; -1 until the operator has looked.")
        @Min(-1)
        @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("The id of the client in Cognito. Absent until it exists.") @Size(max = 128) @Nullable
        String clientId,

        @JsonPropertyDescription("The pool in which the client was created.") @Size(max = 2048) @Nullable
        String userPoolARN,

        @JsonPropertyDescription("Present only while the outcome of a create is not known.") @Nullable
        PendingCreate pendingCreate,

        @JsonPropertyDescription("A digest of the settings that were last written to Cognito or found equal there.")
        @Size(max = 128)
        @Nullable
        String appliedSettings,

        @JsonPropertyDescription(
                "Settings that Cognito shows for this client and that this version of the operator does not know."
                        + " An update by it resets them.")
        @Size(max = 20)
        @Nullable
        List<@Size(max = 128) String> unknownSettings,

        @JsonPropertyDescription("The issuer of the pool's tokens.") @Size(max = 2048) @Nullable
        String issuer,

        @JsonPropertyDescription(
                "A link that starts a sign-in. Absent without an OAuth flow that redirects, without a domain, and where it would be longer than 8192 characters.")
        @Size(max = UserPoolClientStatus.LOGIN_URL_LENGTH)
        @Nullable
        String loginURL,

        @JsonPropertyDescription("The Secret to bind to, for the Service Binding specification.") @Nullable
        Binding binding,

        @JsonPropertyDescription("The Secret as it was last published.") @Nullable
        SecretStatus secret,

        @JsonPropertyDescription(
                "With mode Observe: what differs from the manifest. Absent while nothing does, and with mode Manage.")
        @Size(max = 20)
        @Nullable
        List<DriftedField> drift,

        @JsonPropertyDescription(
                "Echoes the annotation cognito.appclients.dev/reconcile-requested-at that was last acted upon. A value longer than 1024 characters is cut and ends in its SHA-256 digest.")
        @Size(max = UserPoolClientStatus.REQUEST_LENGTH)
        @Nullable
        String lastHandledReconcileAt,

        @JsonPropertyDescription("What holds at the observed generation; Ready sums it up.") @Size(max = 32) @Nullable
        List<Condition> conditions) {

    /** The longest login URL that status holds, in characters. */
    public static final int LOGIN_URL_LENGTH = 8192;

    /** The longest echo of an annotation that status holds, in characters. */
    public static final int REQUEST_LENGTH = 1024;
}
