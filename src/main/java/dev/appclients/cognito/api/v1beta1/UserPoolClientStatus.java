package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of an app client. Only the operator writes it, and it is never a proof of ownership. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UserPoolClientStatus(
        @JsonPropertyDescription(
                "The generation of the spec that this status describes; -1 until the operator reconciles it.")
        @Min(-1)
        @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("The id of the client in Cognito. Absent until the client exists.")
        @Size(max = 128)
        @Nullable
        String clientId,

        @JsonPropertyDescription("The pool in which the client was created.") @Size(max = 2048) @Nullable
        String userPoolARN,

        @JsonPropertyDescription("Present only while the outcome of a create is unknown.") @Nullable
        PendingCreate pendingCreate,

        @JsonPropertyDescription("A digest of the settings that the operator last wrote to Cognito or found there.")
        @Size(max = 128)
        @Nullable
        String appliedSettings,

        @JsonPropertyDescription(
                "Settings that Cognito shows for this client and that this version of the operator does not know."
                        + " An update by the operator resets them.")
        @Size(max = 20)
        @Nullable
        List<@Size(max = 128) String> unknownSettings,

        @JsonPropertyDescription("The issuer of the pool's tokens.") @Size(max = 2048) @Nullable
        String issuer,

        @JsonPropertyDescription(
                "A link that starts a sign-in. Absent without an OAuth flow that redirects, without a domain, and if it is longer than 8192 characters.")
        @Size(max = UserPoolClientStatus.LOGIN_URL_LENGTH)
        @Nullable
        String loginURL,

        @JsonPropertyDescription("The Secret to bind to, for the Service Binding specification.") @Nullable
        Binding binding,

        @JsonPropertyDescription("The Secret as it was last published.") @Nullable
        SecretStatus secret,

        @JsonPropertyDescription("The copies of the Secret. Absent: no claim asks for one.") @Nullable
        CopiesStatus copies,

        @JsonPropertyDescription(
                "The rotation of the client secret. Absent: the secret was never rotated, and no rotation is due.")
        @Nullable
        RotationStatus rotation,

        @JsonPropertyDescription(
                "The fields that differ from the manifest, with mode Observe. Absent while none differs, and with mode Manage.")
        @Size(max = 20)
        @Nullable
        List<DriftedField> drift,

        @JsonPropertyDescription(
                "Echoes the annotation cognito.appclients.dev/reconcile-requested-at that the operator handled last. A value longer than 1024 characters is cut and ends in its SHA-256 digest.")
        @Size(max = UserPoolClientStatus.REQUEST_LENGTH)
        @Nullable
        String lastHandledReconcileAt,

        @JsonPropertyDescription(
                "Echoes the annotation cognito.appclients.dev/rotate-requested-at that the operator handled last. A value longer than 1024 characters is cut and ends in its SHA-256 digest.")
        @Size(max = UserPoolClientStatus.REQUEST_LENGTH)
        @Nullable
        String lastHandledRotateAt,

        @JsonPropertyDescription("The conditions at the observed generation. Ready is their summary.")
        @Size(max = 32)
        @Nullable
        List<Condition> conditions) {

    /** The longest login URL in the status, in characters. */
    public static final int LOGIN_URL_LENGTH = 8192;

    /** The longest echo of an annotation in the status, in characters. */
    public static final int REQUEST_LENGTH = 1024;
}
