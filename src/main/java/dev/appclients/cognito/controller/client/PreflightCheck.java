package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.FailureText;
import dev.appclients.cognito.status.Outcome;
import dev.appclients.cognito.status.Step;
import java.util.Optional;

/** Finds what blocks a call to Cognito before it is made: contents that the pool lacks, or a refusal that still holds. */
final class PreflightCheck {

    private final PoolCompatibility compatibility;
    private final HeldRefusals heldRefusals;

    PreflightCheck(PoolCompatibility compatibility, HeldRefusals heldRefusals) {
        this.compatibility = compatibility;
        this.heldRefusals = heldRefusals;
    }

    /**
     * Why the operator does not call Cognito.
     *
     * @param stop ends the reconciliation with it
     */
    record Blocker(Outcome.Refused refusal, StopReconciliation stop) {

        /** A person may add missing contents at any time, and all waiting clients share one read, so retries can be frequent. */
        private static Blocker incompatible(Outcome.Refused refusal) {
            Pace pace = refusal.reason() == Reason.INVALID_SETTINGS ? Pace.HOURLY : Pace.SOON;
            return new Blocker(refusal, StopReconciliation.with(refusal, pace));
        }

        /** Cognito refused in an earlier reconciliation. */
        private static Blocker held(Outcome.Refused refusal) {
            return new Blocker(refusal, StopReconciliation.stillRefused(refusal, Pace.HOURLY));
        }
    }

    /** The blocker of calls for this client; empty when the operator may call Cognito. */
    Optional<Blocker> blocker(ReconcileInput input) {
        if (input.observes()) {
            return heldRefusal(input);
        }
        return switch (compatibility.judge(input)) {
            case PoolCompatibility.Verdict.Incompatible(Outcome.Refused refusal) ->
                Optional.of(Blocker.incompatible(refusal));
            // Where Cognito refused although the pool had all contents, their presence changes nothing.
            case PoolCompatibility.Verdict.NowCompatible() ->
                heldRefusal(input)
                        .filter(held -> held.refusal().reason() == Reason.INVALID_SETTINGS
                                || heldRefusals.areLagRetriesUsedUp(input));
            case PoolCompatibility.Verdict.Compatible() -> heldRefusal(input);
        };
    }

    /** A person can raise the tier at any time, and all waiting clients share one read of the pool. */
    private Optional<Blocker> tier(ReconcileInput input, Blocker held) {
        return switch (compatibility.judgeTier(input)) {
            case PoolCompatibility.Verdict.Incompatible(Outcome.Refused refusal) ->
                Optional.of(Blocker.incompatible(refusal));
            case PoolCompatibility.Verdict.NowCompatible() ->
                heldRefusals.areLagRetriesUsedUp(input) ? Optional.of(held) : Optional.empty();
            case PoolCompatibility.Verdict.Compatible() -> Optional.of(held);
        };
    }

    /** The refusal by Cognito that still holds for this client. */
    Optional<Blocker> heldRefusal(ReconcileInput input) {
        return heldRefusals
                .held(input)
                .map(Blocker::held)
                .flatMap(
                        held -> held.refusal().reason() == Reason.TIER_TOO_LOW ? tier(input, held) : Optional.of(held));
    }

    /**
     * Explains a refusal by Cognito from the contents of the pool; empty when Cognito's own message has to do.
     *
     * <p>Cognito may refuse contents for some minutes after they were added to the pool. The operator first retries such a refusal
     * within minutes.
     */
    Optional<StopReconciliation> explain(ReconcileInput input, Failure refused) {
        return switch (compatibility.explain(input, refused)) {
            case PoolCompatibility.Verdict.Incompatible(Outcome.Refused refusal) ->
                Optional.of(Blocker.incompatible(refusal).stop());
            case PoolCompatibility.Verdict.NowCompatible()
            when heldRefusals.countLagRefusal(input) ->
                Optional.of(StopReconciliation.waiting(
                        Step.CLIENT,
                        Reason.DEPENDENCY_MISSING,
                        FailureText.refusedAlthoughThere(
                                refused, input.pool().access().pool().value(), HeldRefusals.LAG_RETRIES),
                        Pace.MINUTES));
            case PoolCompatibility.Verdict.NowCompatible() -> Optional.empty();
            case PoolCompatibility.Verdict.Compatible() -> Optional.empty();
        };
    }
}
