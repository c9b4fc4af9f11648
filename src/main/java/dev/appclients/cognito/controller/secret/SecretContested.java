package dev.appclients.cognito.controller.secret;

import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Step;
import java.io.Serial;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** A restore has to wait, because another writer changed the Secret after each of the last ones. Carries no stack trace. */
public final class SecretContested extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int ALMOST_A_SECOND = 999_999_999;

    private final transient RestoreHistory.Wait wait;
    private final String object;
    private final String contender;

    /** @param object its kind and name, for messages */
    SecretContested(String object, String contender, RestoreHistory.Wait wait) {
        super(object + " is contested by " + contender, null, false, false);
        this.object = object;
        this.contender = contender;
        this.wait = wait;
    }

    /** The time until the restore is due; above zero. */
    public Duration retryAfter() {
        return wait.left();
    }

    /** The end of the pass. */
    public StopReconciliation stop() {
        return StopReconciliation.refused(
                Step.SECRET,
                Reason.SECRET_CONTESTED,
                object + " is contested by " + contender
                        + ". The operator restored it several times, and each time it was changed again."
                        + " Find the tool that changes it, and stop it. The operator restores it at "
                        + wait.until().plusNanos(ALMOST_A_SECOND).truncatedTo(ChronoUnit.SECONDS)
                        + ", or at once when the annotation " + Annotations.RECONCILE_REQUESTED_AT
                        + " gets a new value.",
                Pace.MINUTES);
    }
}
