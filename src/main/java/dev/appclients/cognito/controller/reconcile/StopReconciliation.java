package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Outcome;
import dev.appclients.cognito.status.Step;
import java.io.Serial;

/** Ends a reconciliation early with an outcome for the user. Expected, so it has no stack trace. */
public final class StopReconciliation extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;
    private final Pace pace;
    private final boolean known;

    private StopReconciliation(Outcome outcome, Pace pace, boolean known) {
        super(outcome.toString(), null, false, false);
        this.outcome = outcome;
        this.pace = pace;
        this.known = known;
    }

    /** Not done yet. An event triggers the next reconciliation, or the operator retries at this pace. */
    public static StopReconciliation waiting(Step step, Reason reason, String message, Pace pace) {
        return new StopReconciliation(new Outcome.Waiting(step, reason, message), pace, false);
    }

    /** A user must act. The operator retries at this pace nevertheless. */
    public static StopReconciliation refused(Step step, Reason reason, String message, Pace pace) {
        return new StopReconciliation(new Outcome.Refused(step, reason, message), pace, false);
    }

    /** Any outcome; the operator retries at this pace. */
    public static StopReconciliation with(Outcome outcome, Pace pace) {
        return new StopReconciliation(outcome, pace, false);
    }

    /** A refusal that is still held, so the operator made no call. */
    public static StopReconciliation stillRefused(Outcome.Refused refusal, Pace pace) {
        return new StopReconciliation(refusal, pace, true);
    }

    public Outcome outcome() {
        return outcome;
    }

    public Pace pace() {
        return pace;
    }

    /** Whether the outcome was known before this reconciliation. */
    public boolean isKnown() {
        return known;
    }
}
