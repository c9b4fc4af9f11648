package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.DriftedField;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.controller.cluster.PoolUnread;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.controller.reconcile.EventRecorder;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.Excerpt;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.plan.Drift;
import dev.appclients.cognito.plan.FieldDifference;
import dev.appclients.cognito.plan.Plan;
import dev.appclients.cognito.status.FailureText;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out a plan with at most one call that changes something in Cognito. */
final class ClientApplier {

    private static final Logger LOG = LoggerFactory.getLogger(ClientApplier.class);

    private final AppClients clients;
    private final IntentRecorder intents;
    private final CreateHistory creates;
    private final Guard guard;
    private final FreshnessCheck currency;
    private final PreflightCheck obstacles;
    private final CheckMemory memory;
    private final ClientObserver observer;
    private final EventRecorder announcer;

    ClientApplier(
            AppClients clients,
            IntentRecorder intents,
            CreateHistory creates,
            Guard guard,
            FreshnessCheck currency,
            PreflightCheck obstacles,
            CheckMemory memory,
            ClientObserver observer,
            EventRecorder announcer) {
        this.clients = clients;
        this.intents = intents;
        this.creates = creates;
        this.guard = guard;
        this.currency = currency;
        this.obstacles = obstacles;
        this.memory = memory;
        this.observer = observer;
        this.announcer = announcer;
    }

    /**
     * Carries out the plan.
     *
     * @return the client as Cognito has it now; null if it is known to be in sync without a call
     * @throws StopReconciliation if the plan is to wait or to refuse
     * @throws AwsCallException if a call to Cognito failed
     * @throws PoolUnread if the operator must read the pool before it creates a client
     * @throws CallCancelled if the object changed while the call waited
     */
    @Nullable
    AppClient apply(ReconcileInput subject, PassState progress, Plan plan) {
        return switch (plan) {
            case Plan.NoOp(String clientId) -> keep(subject, progress, clientId);
            case Plan.UpToDate(AppClient client) -> confirm(subject, progress, client);
            case Plan.ObserveOnly(AppClient client, var differences) -> witness(subject, progress, client, differences);
            case Plan.Create() -> create(subject, progress);
            case Plan.Update(AppClient client, var differences) -> update(subject, progress, client, differences);
            case Plan.WaitForSettlement await ->
                throw StopReconciliation.waiting(
                        Step.CLIENT,
                        Reason.CREATE_OUTCOME_UNKNOWN,
                        "The outcome of an earlier create is unknown. The operator lists the app clients again at "
                                + await.until() + " and then creates the app client if it is absent.",
                        Pace.SOON);
            case Plan.RefuseNothingToObserve refusal -> {
                progress.clearIntent();
                throw RefusalMessages.of(subject, refusal);
            }
            case Plan.Refusal refusal -> throw RefusalMessages.of(subject, refusal);
        };
    }

    private @Nullable AppClient keep(ReconcileInput subject, PassState progress, String clientId) {
        if (subject.observes()) {
            progress.recordDrift(progress.drift());
        }
        progress.clientFound(clientId, subject.pool().facts().arn().value());
        progress.done(Step.CLIENT);
        return null;
    }

    private AppClient confirm(ReconcileInput subject, PassState progress, AppClient client) {
        synced(subject, progress, client);
        return client;
    }

    /** Changes nothing. The Secret gets the values of the settings in Cognito. */
    private AppClient witness(
            ReconcileInput subject, PassState progress, AppClient client, List<FieldDifference> differences) {
        List<DriftedField> drift = differences.stream()
                .map(difference -> new DriftedField(
                        difference.field(), shortened(difference.desired()), shortened(difference.observed())))
                .toList();
        AppClientSettings remembered = drift.isEmpty() ? null : client.settings();
        memory.recordObserved(subject.uid(), remembered);
        progress.recordDrift(drift);
        synced(subject, progress, client);
        return client;
    }

    private static String shortened(String value) {
        return Excerpt.of(value, DriftedField.MAX_VALUE);
    }

    private AppClient create(ReconcileInput subject, PassState progress) {
        // The observer skips this check where an earlier create may have begun.
        obstacles.blocker(subject).ifPresent(blocker -> {
            throw blocker.stop();
        });
        guard.requireConfirmedFacts(subject);
        AppClient client = callCreate(subject, progress);
        creates.created(subject.uid());
        creates.recordOwnClient(subject.uid(), client.clientId());
        LOG.atInfo()
                .addKeyValue("clientId", client.clientId())
                .addKeyValue("pool", client.pool())
                .log("Created the app client");
        memory.recordCheck(subject.uid(), observer.interval(subject));
        report(subject, progress, subject.desired().settings(), client);
        return client;
    }

    private AppClient callCreate(ReconcileInput subject, PassState progress) {
        try {
            return clients.create(
                    subject.pool().access(),
                    subject.desired().settings(),
                    subject.desired().confidential(),
                    () -> isIntentRecorded(subject, progress) && currency.holds());
        } catch (AwsCallException failed) {
            if (!failed.failure().mayHaveTakenEffect()) {
                recordNoEffect(subject, progress);
            }
            obstacles.explain(subject, failed.failure()).ifPresent(explained -> {
                throw explained;
            });
            throw failed;
        } catch (CallCancelled | KubernetesClientException notCalled) {
            // If only the response to the intent was lost, the next reconciliation waits for the intent to settle.
            recordNoEffect(subject, progress);
            throw notCalled;
        } finally {
            creates.callEnded(subject.uid());
        }
    }

    /** Judges the newest version after the wait and binds the intent to it, so that a changed label does not stop the create. */
    private boolean isIntentRecorded(ReconcileInput subject, PassState progress) {
        Optional<UserPoolClient> judged =
                currency.current(subject).filter(now -> FreshnessCheck.mayBeCreatedFor(subject, now));
        judged.ifPresent(now -> intents.record(subject, progress, now));
        return judged.isPresent();
    }

    private void recordNoEffect(ReconcileInput subject, PassState progress) {
        creates.createHadNoEffect(subject.uid());
        if (progress.isIntentRecorded()) {
            progress.clearIntent();
        }
    }

    private AppClient update(
            ReconcileInput subject, PassState progress, AppClient client, List<FieldDifference> differences) {
        found(subject, progress, client);
        var blocker = obstacles.blocker(subject);
        if (blocker.isPresent()) {
            progress.deferStop(blocker.get().stop());
            return client;
        }
        boolean drifted = subject.isApplied(progress.appliedSettings());
        AppClient updated;
        try {
            updated = clients.update(
                    subject.pool().access(),
                    client.clientId(),
                    subject.desired().settingsFor(client.settings()),
                    () -> currency.isCurrent(subject) && currency.isNameFree(subject, client));
        } catch (AwsCallException failed) {
            return refused(subject, progress, client, failed.failure());
        }
        announcer.updated(subject.resource(), fields(differences), drifted);
        reportReset(subject, client, updated);
        report(subject, progress, subject.desired().settingsFor(client.settings()), updated);
        // Only Describe reliably returns the secret, and an update does not change it.
        return updated.secret() == null ? updated.withSecret(client.secret()) : updated;
    }

    /** The client still exists with its former settings, so the reconciliation goes on to maintain its Secret. */
    private AppClient refused(ReconcileInput subject, PassState progress, AppClient client, Failure failure) {
        progress.deferStop(obstacles
                .explain(subject, failure)
                .orElseGet(() -> StopReconciliation.with(
                        FailureText.conclude(Step.CLIENT, failure, client.pool().value()),
                        failure.kind().pace())));
        return client;
    }

    /** Compares the response with the request. The operator reports settings that Cognito did not apply, and retries them hourly. */
    private void report(ReconcileInput subject, PassState progress, AppClientSettings wanted, AppClient client) {
        List<FieldDifference> left = Drift.between(wanted, client.settings());
        if (left.isEmpty()) {
            synced(subject, progress, client);
            return;
        }
        found(subject, progress, client);
        // The settings do not count as applied, so that a later correction is not reported as drift.
        progress.applied(null);
        progress.deferStop(StopReconciliation.refused(
                Step.CLIENT,
                Reason.NOT_APPLIED,
                "Cognito accepted the settings, but returns others for: "
                        + left.stream()
                                .map(d -> d.field() + " (wanted " + d.desired() + ", got " + d.observed() + ")")
                                .collect(Collectors.joining(", "))
                        + ". Write the values that Cognito returns. The operator retries hourly.",
                Pace.HOURLY));
    }

    private void found(ReconcileInput subject, PassState progress, AppClient client) {
        if (progress.clientId() == null && client.clientId().equals(subject.adopted())) {
            announcer.adopted(subject.resource(), client.clientId());
        }
        progress.clientFound(client.clientId(), subject.pool().facts().arn().value());
    }

    private void synced(ReconcileInput subject, PassState progress, AppClient client) {
        found(subject, progress, client);
        progress.applied(subject.digest());
        progress.done(Step.CLIENT);
    }

    /** An update resets settings that this version does not know. The user gets an event. */
    private void reportReset(ReconcileInput subject, AppClient before, AppClient after) {
        List<String> reset = before.unknownMembers().stream()
                .filter(name -> !after.unknownMembers().contains(name))
                .toList();
        if (!reset.isEmpty()) {
            announcer.unknownSettingsReset(subject.resource(), reset);
        }
    }

    private static List<String> fields(List<FieldDifference> differences) {
        return differences.stream().map(FieldDifference::field).toList();
    }
}
