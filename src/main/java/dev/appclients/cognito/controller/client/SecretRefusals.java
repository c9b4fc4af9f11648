package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Conditions;
import dev.appclients.cognito.status.Outcome;
import dev.appclients.cognito.status.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Refuses to publish a secret that Cognito does not show, and holds the refusal. The operator asks Cognito again in the next slot, for
 * another generation, or when a user requests a reconciliation, also after a restart.
 */
final class SecretRefusals {

    private static final Map<Reason, Duration> RETRY_INTERVALS = Map.of(
            Reason.SECRET_UNREADABLE, Duration.ofHours(1),
            Reason.FOREIGN_SECRET, Duration.ofMinutes(5),
            Reason.PUBLISHED_SECRET_GONE, Duration.ofMinutes(5));

    private final CheckMemory checkMemory;

    SecretRefusals(CheckMemory checkMemory) {
        this.checkMemory = checkMemory;
    }

    /** The refusal that still holds; empty when the operator may ask Cognito for the secret. */
    Optional<Outcome.Refused> held(ReconcileInput input) {
        return input.isReconcileRequested()
                ? Optional.empty()
                : recorded(input)
                        .filter(refusal -> !checkMemory.isSecretRetryDue(input.uid(), interval(refusal.reason())));
    }

    /** The end of a pass that would have to ask Cognito while the refusal holds. */
    StopReconciliation stillRefused(ReconcileInput input, PassState pass, Outcome.Refused held) {
        requeue(input, pass, held.reason());
        return StopReconciliation.stillRefused(held, Pace.MINUTES);
    }

    private static Optional<Outcome.Refused> recorded(ReconcileInput input) {
        UserPoolClientStatus status = input.resource().getStatus();
        return Conditions.find(status == null ? null : status.conditions(), Step.SECRET.condition())
                .filter(condition -> "False".equals(condition.getStatus())
                        && Objects.equals(
                                condition.getObservedGeneration(),
                                input.resource().getMetadata().getGeneration()))
                .flatMap(condition -> RETRY_INTERVALS.keySet().stream()
                        .filter(reason -> reason.text().equals(condition.getReason()))
                        .findFirst()
                        .map(reason -> new Outcome.Refused(Step.SECRET, reason, condition.getMessage())));
    }

    /** The end of a pass for which only Cognito has the secret, and does not describe it. */
    StopReconciliation unreadable(ReconcileInput input, PassState pass, String clientId) {
        return refused(
                input,
                pass,
                Reason.SECRET_UNREADABLE,
                "Cognito does not show the value of the secret of app client " + clientId
                        + ", because the original secret was deleted there. To get a new secret, "
                        + rotate(input) + ". The operator retries hourly.");
    }

    /** The end of a pass that may not publish the secret that Cognito describes. */
    StopReconciliation unpublishable(ReconcileInput input, PassState pass, String clientId, DescribedSecret judged) {
        return switch (judged) {
            case DescribedSecret.OneOfSeveral(List<String> ids) ->
                refused(
                        input,
                        pass,
                        Reason.FOREIGN_SECRET,
                        "App client " + clientId + " has " + ids.size() + " secrets: " + String.join(", ", ids)
                                + ". Cognito shows the value of the original only, which may not be the one in use. Delete the"
                                + " secret that is not in use: aws cognito-idp delete-user-pool-client-secret --user-pool-id "
                                + input.pool().access().pool().value() + " --client-id " + clientId
                                + " --client-secret-id <id>. The operator retries within five minutes.");
            case DescribedSecret.NotThePublished(String published) ->
                refused(
                        input,
                        pass,
                        Reason.PUBLISHED_SECRET_GONE,
                        "Secret " + published + " of app client " + clientId
                                + " was published, but was deleted in Cognito. To get a new secret, " + rotate(input)
                                + ". The operator retries within five minutes.");
            case DescribedSecret.Unlisted() ->
                StopReconciliation.waiting(
                        Step.SECRET,
                        Reason.PENDING,
                        "Cognito does not list the secret of app client " + clientId
                                + " yet. The operator retries within a minute.",
                        Pace.SOON);
            case DescribedSecret.Publishable() -> throw new IllegalArgumentException("the secret may be published");
        };
    }

    private static String rotate(ReconcileInput input) {
        return (input.observes() ? "set mode: Manage and " : "") + "annotate this object with "
                + Annotations.ROTATE_REQUESTED_AT + "=\"$(date)\"";
    }

    private StopReconciliation refused(ReconcileInput input, PassState pass, Reason reason, String message) {
        checkMemory.recordSecretAttempt(input.uid(), interval(reason));
        requeue(input, pass, reason);
        return StopReconciliation.refused(Step.SECRET, reason, message, Pace.MINUTES);
    }

    private void requeue(ReconcileInput input, PassState pass, Reason reason) {
        pass.requeueAfter(checkMemory.untilDue(input.uid(), interval(reason)));
    }

    private static Duration interval(Reason reason) {
        return Objects.requireNonNull(RETRY_INTERVALS.get(reason));
    }
}
