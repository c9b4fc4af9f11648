package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Outcome;

/** Ends a deletion that a person must unblock. */
final class DeletionRefusal {

    /** The way for the user to delete the object in any case. */
    static final String RETAIN = " Or set spec.deletionPolicy: Retain to delete this object and keep the app client.";

    private DeletionRefusal() {}

    /** @param message sentences: the fault and its remedy */
    static StopReconciliation of(Reason reason, String message) {
        return StopReconciliation.with(
                new Outcome.DeletionRefused(reason, message + RETAIN + " The operator retries within five minutes."),
                Pace.MINUTES);
    }
}
