package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClaimedSecretStatus;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaimStatus;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.cluster.SecretNames;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.controller.reconcile.EventRecorder;
import dev.appclients.cognito.controller.reconcile.PassListener;
import dev.appclients.cognito.controller.reconcile.PassListener.NotWritten;
import dev.appclients.cognito.controller.reconcile.Schedule;
import dev.appclients.cognito.controller.reconcile.StatusPatcher;
import dev.appclients.cognito.controller.reconcile.StatusWrite;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.workarounds.LostChange;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.ClaimOutcome;
import dev.appclients.cognito.status.ClaimReport;
import dev.appclients.cognito.status.ClaimStatus;
import dev.appclients.cognito.status.Conditions;
import dev.appclients.cognito.status.Outcome;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the pass of a claim: writes the status if it differs, announces failures, and returns the delay until the next pass. */
final class ClaimReports {

    /** The slot in which a claim is checked without an event. */
    static final Duration SLOT = Duration.ofDays(1);

    /** Requeues for a change that arrived during the status write. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private static final Logger LOG = LoggerFactory.getLogger(ClaimReports.class);

    private final StatusPatcher<ClientSecretClaimStatus, ClientSecretClaim> statuses;
    private final Copies copies;
    private final EventRecorder events;
    private final Schedule schedule;
    private final ClaimBackOff backOff;
    private final PassListener listener;
    private final InstantSource clock;

    ClaimReports(
            StatusPatcher<ClientSecretClaimStatus, ClientSecretClaim> statuses,
            Copies copies,
            EventRecorder events,
            Schedule schedule,
            ClaimBackOff backOff,
            PassListener listener,
            InstantSource clock) {
        this.statuses = statuses;
        this.copies = copies;
        this.events = events;
        this.schedule = schedule;
        this.backOff = backOff;
        this.listener = listener;
        this.clock = clock;
    }

    /** Reports a pass that came to a result. */
    Duration report(Context<ClientSecretClaim> context, ClientSecretClaim claim, ClaimResult result) {
        String uid = claim.getMetadata().getUid();
        backOff.forget(uid);
        Duration next =
                result.isProvisional() ? schedule.afterFailure(uid, Pace.SOON) : schedule.afterSuccess(uid, SLOT);
        return end(context, claim, result, next);
    }

    /**
     * Reports a pass that could not write the copy.
     *
     * @param next the delay until the next pass; null for that of the failure
     */
    Duration stopped(
            Context<ClientSecretClaim> context,
            ClientSecretClaim claim,
            StopReconciliation stop,
            @Nullable Duration next) {
        ClaimOutcome.Failed failed = failed(stop.outcome());
        String uid = claim.getMetadata().getUid();
        Duration conflict = backOff.after(uid, failed.reason());
        Duration wanted = next == null ? conflict : next;
        return end(context, claim, failure(claim, failed), schedule.afterFailure(uid, wanted, stop.pace()));
    }

    /** Reports a pass that an unexpected error ended. Its text goes only to the log. */
    Duration unexpected(Context<ClientSecretClaim> context, ClientSecretClaim claim, Throwable error) {
        logUnexpected(claim, error);
        Duration next = schedule.afterFailure(claim.getMetadata().getUid(), Pace.SOON);
        try {
            return end(context, claim, ClaimResult.unchanged(claim, new ClaimOutcome.Unexpected()), next);
        } catch (RuntimeException | Error unreported) {
            logUnexpected(claim, unreported);
            return next;
        }
    }

    /** Retries a pass that met a newer version of an object. Not reported. */
    Duration conflict(ClientSecretClaim claim) {
        return schedule.after(statuses.retry(claim, NotWritten.CONFLICT));
    }

    private Duration end(
            Context<ClientSecretClaim> context, ClientSecretClaim claim, ClaimResult result, Duration next) {
        ClaimReport report = new ClaimReport(
                claim.getMetadata().getGeneration(),
                result.outcome(),
                result.secret(),
                result.source(),
                Annotations.reconcileRequest(claim));
        ClientSecretClaimStatus status = ClaimStatus.compose(claim.getStatus(), report, clock.instant());
        return switch (statuses.report(
                context, claim, claim, status, (before, after) -> announce(claim, before, after, result.outcome()))) {
            case StatusWrite.Unwritten<ClientSecretClaim>(NotWritten why, var failure) ->
                schedule.after(statuses.retry(claim, why));
            case StatusWrite.Written<ClientSecretClaim>(ClientSecretClaim now) ->
                LostChange.happened(claim, now) ? AT_ONCE : next;
        };
    }

    /** A Secret that another object has under the name of the copy is no copy to bind to. */
    private ClaimResult failure(ClientSecretClaim claim, ClaimOutcome.Failed failed) {
        ClaimResult unchanged = ClaimResult.unchanged(claim, failed);
        ClaimedSecretStatus secret = unchanged.secret();
        boolean isOthers = failed.reason() == Reason.SECRET_CONFLICT || failed.reason() == Reason.SECRET_NAME_TAKEN;
        return (isOthers && secret != null && secret.name().equals(SecretNames.of(claim))) || isGone(claim, failed)
                ? ClaimResult.withoutCopy(claim, failed)
                : unchanged;
    }

    /** Whether no copy exists and none is written soon. A contested copy returns after its wait, and counts as published until then. */
    private boolean isGone(ClientSecretClaim claim, ClaimOutcome.Failed failed) {
        return failed.stalled()
                && failed.reason() != Reason.SECRET_CONTESTED
                && copies.of(claim).isEmpty();
    }

    private static ClaimOutcome.Failed failed(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Waiting(var step, Reason reason, String message) ->
                new ClaimOutcome.Failed(reason, message, false);
            case Outcome.Refused(var step, Reason reason, String message) ->
                new ClaimOutcome.Failed(reason, message, true);
            default -> throw new IllegalArgumentException("a claim has no outcome " + outcome);
        };
    }

    /** A copy that succeeds is no event: a client can have thousands. */
    private void announce(
            ClientSecretClaim claim,
            @Nullable ClientSecretClaimStatus before,
            ClientSecretClaimStatus after,
            ClaimOutcome outcome) {
        Condition ready = Conditions.find(after.conditions(), Conditions.READY).orElseThrow();
        Reason reason = announced(outcome);
        boolean isKnown = before != null
                && Conditions.find(before.conditions(), Conditions.READY)
                        .filter(former -> former.getReason().equals(ready.getReason()))
                        .isPresent();
        if (reason != null && !isKnown) {
            LOG.warn("{}: {}", reason.text(), ready.getMessage());
            events.failed(claim, reason, ready.getMessage());
        }
    }

    /** The reason of the event about an outcome; null if there is none. */
    private static @Nullable Reason announced(ClaimOutcome outcome) {
        return switch (outcome) {
            case ClaimOutcome.Failed(Reason reason, var message, var stalled) -> reason;
            case ClaimOutcome.NotAvailable(boolean withdrawn) -> withdrawn ? Reason.NOT_AVAILABLE : null;
            case ClaimOutcome.SourceReplaced() -> Reason.SOURCE_REPLACED;
            case ClaimOutcome.Unexpected() -> Reason.UNEXPECTED_ERROR;
            case ClaimOutcome.Synced synced -> null;
            case ClaimOutcome.Held() -> null;
            case ClaimOutcome.SourceNotReady() -> null;
            case ClaimOutcome.Paused() -> null;
        };
    }

    private void logUnexpected(ClientSecretClaim claim, Throwable error) {
        listener.unexpectedError(ControllerNames.CLAIMS);
        LOG.error(
                "UnexpectedError: the reconciliation of ClientSecretClaim {}/{} failed. The operator retries within a minute",
                claim.getMetadata().getNamespace(),
                claim.getMetadata().getName(),
                error);
    }
}
