package dev.appclients.cognito.status;

import dev.appclients.cognito.api.v1beta1.ClaimSource;
import dev.appclients.cognito.api.v1beta1.ClaimedSecretStatus;
import org.jspecify.annotations.Nullable;

/**
 * The result of the reconciliation of a claim.
 *
 * @param generation the generation that was reconciled
 * @param secret the copy; null without one
 * @param source the Namespace of the first copy; null before it
 * @param lastHandledReconcileAt echo of the annotation that requested a reconciliation
 */
public record ClaimReport(
        long generation,
        ClaimOutcome outcome,
        @Nullable ClaimedSecretStatus secret,
        @Nullable ClaimSource source,
        @Nullable String lastHandledReconcileAt) {}
