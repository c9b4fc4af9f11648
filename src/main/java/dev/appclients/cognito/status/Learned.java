package dev.appclients.cognito.status;

import dev.appclients.cognito.api.v1beta1.DriftedField;
import dev.appclients.cognito.api.v1beta1.SecretStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pass knows at its end, whether or not it got to where it wanted: reported even when a later step failed.
 *
 * @param clientId the app client's id; a hint, never a proof
 * @param userPoolARN the pool that the client was created in
 * @param pendingCreateSince when a create of unknown outcome began; null when there is none
 * @param appliedSettings digest of the settings last written or confirmed
 * @param unknownSettings names of settings that Cognito shows and this version does not know, sorted; empty for none
 * @param issuer OIDC issuer of the pool
 * @param loginURL where a user signs in; null without redirect flows or domain
 * @param secret the Secret that was published
 * @param drift what differs in an observed client; empty when nothing does, null when nothing is observed
 * @param lastHandledReconcileAt echo of the annotation that asked for a look
 */
public record Learned(
        @Nullable String clientId,
        @Nullable String userPoolARN,
        @Nullable String pendingCreateSince,
        @Nullable String appliedSettings,
        List<String> unknownSettings,
        @Nullable String issuer,
        @Nullable String loginURL,
        @Nullable SecretStatus secret,
        @Nullable List<DriftedField> drift,
        @Nullable String lastHandledReconcileAt) {}
