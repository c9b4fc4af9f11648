package dev.appclients.cognito.status;

import dev.appclients.cognito.model.Reason;

/** The outcome of the reconciliation of a claim for the user. */
public sealed interface ClaimOutcome {

    /** The copy is as the claim requests it. */
    record Synced(String secret) implements ClaimOutcome {}

    /** The client may not be published now, so the operator keeps the copy and does not change it. */
    record Held() implements ClaimOutcome {}

    /** The client permits the copy, but there is nothing to copy yet. */
    record SourceNotReady() implements ClaimOutcome {}

    /**
     * The claim gets no copy. The message does not say why: it would reveal clients and limits of other teams.
     *
     * @param withdrawn whether the operator deleted a copy of the claim
     */
    record NotAvailable(boolean withdrawn) implements ClaimOutcome {}

    /** The Namespace of the client is another one than that of the first copy. */
    record SourceReplaced() implements ClaimOutcome {}

    /** The claim is paused. */
    record Paused() implements ClaimOutcome {}

    /**
     * The copy was not written.
     *
     * @param stalled whether a user must act
     */
    record Failed(Reason reason, String message, boolean stalled) implements ClaimOutcome {}

    /** An error that the code does not expect. */
    record Unexpected() implements ClaimOutcome {}
}
