package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.authorization.Authorization;
import dev.appclients.cognito.authorization.Decision;
import dev.appclients.cognito.authorization.PoolSnapshot;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.distribution.NamespaceFacts;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.secret.content.SecretContents;
import dev.appclients.cognito.secret.content.SecretShape;
import dev.appclients.cognito.status.Step;
import java.util.List;

/** Refuses a copy whose shape cannot be written, or that the limits of the client's pool do not permit. Only a permitted claim is told. */
final class CopyRules {

    private CopyRules() {}

    /** @throws StopReconciliation if the shape is refused; nothing is written then */
    static void require(SecretShape shape, boolean confidential, ClusterUserPool pool, NamespaceFacts target) {
        if (shape.preset() == SecretPreset.UNKNOWN) {
            throw refused(
                    Reason.INVALID_SECRET,
                    "spec.secret.preset: This version of the operator does not know the preset. Upgrade the operator to"
                            + " the version of the installed CRDs.");
        }
        List<String> problems = SecretContents.check(shape, confidential, false);
        if (!problems.isEmpty()) {
            throw refused(Reason.INVALID_SECRET, String.join(" ", problems));
        }
        Decision decision = Authorization.decideSecret(
                PoolSnapshot.of(pool),
                target.snapshot(),
                shape.type(),
                shape.labels().keySet(),
                shape.annotations().keySet());
        if (decision instanceof Decision.Denied(String field, String message)) {
            throw refused(Reason.SETTING_NOT_ALLOWED, field + ": " + message);
        }
    }

    private static StopReconciliation refused(Reason reason, String message) {
        return StopReconciliation.refused(Step.SECRET, reason, message + " The operator retries hourly.", Pace.HOURLY);
    }
}
