package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClaimSource;
import dev.appclients.cognito.api.v1beta1.ClaimedSecretStatus;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaimStatus;
import dev.appclients.cognito.status.ClaimOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The result of a pass that its status reports.
 *
 * @param secret the copy; null without one
 * @param source the pin; null before the first copy
 * @param isProvisional whether the copy may lack a change of the source, which is no source now. Once it is restored, it wakes no claim that
 *     is synced, so the pass is repeated
 */
record ClaimResult(
        ClaimOutcome outcome,
        @Nullable ClaimedSecretStatus secret,
        @Nullable ClaimSource source,
        boolean isProvisional) {

    ClaimResult(ClaimOutcome outcome, @Nullable ClaimedSecretStatus secret, @Nullable ClaimSource source) {
        this(outcome, secret, source, false);
    }

    ClaimResult provisional() {
        return new ClaimResult(outcome, secret, source, true);
    }

    /** The copy is as the status of the claim records it. */
    static ClaimResult unchanged(ClientSecretClaim claim, ClaimOutcome outcome) {
        ClientSecretClaimStatus status = claim.getStatus();
        return new ClaimResult(
                outcome, status == null ? null : status.secret(), status == null ? null : status.source());
    }

    /** The claim has no copy. The pin stays, so that a Namespace that is created again is noticed. */
    static ClaimResult withoutCopy(ClientSecretClaim claim, ClaimOutcome outcome) {
        return new ClaimResult(outcome, null, unchanged(claim, outcome).source());
    }
}
