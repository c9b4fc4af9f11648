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
    private final FreshnessCheck freshness;
    private final PreflightCheck preflight;
    private final CheckMemory checkMemory;
    private final ClientObserver observer;
    private final EventRecorder events;

    ClientApplier(
            AppClients clients,
            IntentRecorder intents,
            CreateHistory creates,
            Guard guard,
            FreshnessCheck freshness,
            PreflightCheck preflight,
            CheckMemory checkMemory,
            ClientObserver observer,
            EventRecorder events) {
        this.clients = clients;
        this.intents = intents;
        this.creates = creates;
        this.guard = guard;
        this.freshness = freshness;
        this.preflight = preflight;
        this.checkMemory = checkMemory;
        this.observer = observer;
        this.events = events;
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
    AppClient apply(ReconcileInput input, PassState pass, Plan plan) {
        return switch (plan) {
            case Plan.NoOp(String clientId) -> keep(input, pass, clientId);
            case Plan.UpToDate(AppClient client) -> confirm(input, pass, client);
            case Plan.ObserveOnly(AppClient client, var differences) -> witness(input, pass, client, differences);
            case Plan.Create() -> create(input, pass);
            case Plan.Update(AppClient client, var differences) -> update(input, pass, client, differences);
            case Plan.WaitForSettlement await ->
                throw StopReconciliation.waiting(
                        Step.CLIENT,
                        Reason.CREATE_OUTCOME_UNKNOWN,
                        "The outcome of an earlier create is unknown. The operator lists the app clients again at "
                                + await.until() + " and then creates the app client if it is absent.",
                        Pace.SOON);
            case Plan.RefuseNothingToObserve refusal -> {
                pass.clearIntent();
                throw RefusalMessages.of(input, refusal);
            }
            case Plan.Refusal refusal -> throw RefusalMessages.of(input, refusal);
        };
    }

    private @Nullable AppClient keep(ReconcileInput input, PassState pass, String clientId) {
        if (input.observes()) {
            pass.recordDrift(pass.drift());
        }
        pass.clientFound(clientId, input.pool().facts().arn().value());
        pass.done(Step.CLIENT);
        return null;
    }

    private AppClient confirm(ReconcileInput input, PassState pass, AppClient client) {
        synced(input, pass, client);
        return client;
    }

    /** Changes nothing. The Secret gets the values of the settings in Cognito. */
    private AppClient witness(
            ReconcileInput input, PassState pass, AppClient client, List<FieldDifference> differences) {
        List<DriftedField> drift = differences.stream()
                .map(difference -> new DriftedField(
                        difference.field(), shortened(difference.desired()), shortened(difference.observed())))
                .toList();
        AppClientSettings remembered = drift.isEmpty() ? null : client.settings();
        checkMemory.recordObserved(input.uid(), remembered);
        pass.recordDrift(drift);
        synced(input, pass, client);
        return client;
    }

    private static String shortened(String value) {
        return Excerpt.of(value, DriftedField.MAX_VALUE);
    }

    private AppClient create(ReconcileInput input, PassState pass) {
        // The observer skips this check where an earlier create may have begun.
        preflight.blocker(input).ifPresent(blocker -> {
            throw blocker.stop();
        });
        guard.requireConfirmedFacts(input);
        AppClient client = callCreate(input, pass);
        creates.created(input.uid());
        creates.recordOwnClient(input.uid(), client.clientId());
        LOG.atInfo()
                .addKeyValue("clientId", client.clientId())
                .addKeyValue("pool", client.pool())
                .log("Created the app client");
        checkMemory.recordCheck(input.uid(), observer.interval(input));
        report(input, pass, input.desired().settings(), client);
        return client;
    }

    private AppClient callCreate(ReconcileInput input, PassState pass) {
        try {
            return clients.create(
                    input.pool().access(),
                    input.desired().settings(),
                    input.desired().confidential(),
                    () -> isIntentRecorded(input, pass) && freshness.holds());
        } catch (AwsCallException failed) {
            if (!failed.failure().mayHaveTakenEffect()) {
                recordNoEffect(input, pass);
            }
            preflight.explain(input, failed.failure()).ifPresent(explained -> {
                throw explained;
            });
            throw failed;
        } catch (CallCancelled | KubernetesClientException notCalled) {
            // If only the response to the intent was lost, the next reconciliation waits for the intent to settle.
            recordNoEffect(input, pass);
            throw notCalled;
        } finally {
            creates.callEnded(input.uid());
        }
    }

    /** Judges the newest version after the wait and binds the intent to it, so that a changed label does not stop the create. */
    private boolean isIntentRecorded(ReconcileInput input, PassState pass) {
        Optional<UserPoolClient> judged =
                freshness.current(input).filter(now -> FreshnessCheck.mayBeCreatedFor(input, now));
        judged.ifPresent(now -> intents.record(input, pass, now));
        return judged.isPresent();
    }

    private void recordNoEffect(ReconcileInput input, PassState pass) {
        creates.createHadNoEffect(input.uid());
        if (pass.isIntentRecorded()) {
            pass.clearIntent();
        }
    }

    private AppClient update(
            ReconcileInput input, PassState pass, AppClient client, List<FieldDifference> differences) {
        found(input, pass, client);
        var blocker = preflight.blocker(input);
        if (blocker.isPresent()) {
            pass.deferStop(blocker.get().stop());
            return client;
        }
        boolean drifted = input.isApplied(pass.appliedSettings());
        AppClient updated;
        try {
            updated = clients.update(
                    input.pool().access(),
                    client.clientId(),
                    input.desired().settingsFor(client.settings()),
                    () -> freshness.isCurrent(input) && freshness.isNameFree(input, client));
        } catch (AwsCallException failed) {
            return refused(input, pass, client, failed.failure());
        }
        events.updated(input.resource(), fields(differences), drifted);
        reportReset(input, client, updated);
        report(input, pass, input.desired().settingsFor(client.settings()), updated);
        // Only Describe reliably returns the secret, and an update does not change it.
        return updated.secret() == null ? updated.withSecret(client.secret()) : updated;
    }

    /** The client still exists with its former settings, so the reconciliation goes on to maintain its Secret. */
    private AppClient refused(ReconcileInput input, PassState pass, AppClient client, Failure failure) {
        pass.deferStop(preflight
                .explain(input, failure)
                .orElseGet(() -> StopReconciliation.with(
                        FailureText.conclude(Step.CLIENT, failure, client.pool().value()),
                        failure.kind().pace())));
        return client;
    }

    /** Compares the response with the request. The operator reports settings that Cognito did not apply, and retries them hourly. */
    private void report(ReconcileInput input, PassState pass, AppClientSettings wanted, AppClient client) {
        List<FieldDifference> left = Drift.between(wanted, client.settings());
        if (left.isEmpty()) {
            synced(input, pass, client);
            return;
        }
        found(input, pass, client);
        // The settings do not count as applied, so that a later correction is not reported as drift.
        pass.applied(null);
        pass.deferStop(StopReconciliation.refused(
                Step.CLIENT,
                Reason.NOT_APPLIED,
                "Cognito accepted the settings, but returns others for: "
                        + left.stream()
                                .map(d -> d.field() + " (wanted " + d.desired() + ", got " + d.observed() + ")")
                                .collect(Collectors.joining(", "))
                        + ". Write the values that Cognito returns. The operator retries hourly.",
                Pace.HOURLY));
    }

    private void found(ReconcileInput input, PassState pass, AppClient client) {
        if (pass.clientId() == null && client.clientId().equals(input.adopted())) {
            events.adopted(input.resource(), client.clientId());
        }
        pass.clientFound(client.clientId(), input.pool().facts().arn().value());
    }

    private void synced(ReconcileInput input, PassState pass, AppClient client) {
        found(input, pass, client);
        pass.applied(input.digest());
        pass.done(Step.CLIENT);
    }

    /** An update resets settings that this version does not know. The user gets an event. */
    private void reportReset(ReconcileInput input, AppClient before, AppClient after) {
        List<String> reset = before.unknownMembers().stream()
                .filter(name -> !after.unknownMembers().contains(name))
                .toList();
        if (!reset.isEmpty()) {
            events.unknownSettingsReset(input.resource(), reset);
        }
    }

    private static List<String> fields(List<FieldDifference> differences) {
        return differences.stream().map(FieldDifference::field).toList();
    }
}
