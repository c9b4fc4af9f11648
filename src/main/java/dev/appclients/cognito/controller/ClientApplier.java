package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.DriftedField;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.CallNoLongerWanted;
import dev.appclients.cognito.failure.FailedCall;
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

/** Carries out a plan: at most one call that changes something in Cognito. */
final class ClientApplier {

    private static final Logger LOG = LoggerFactory.getLogger(ClientApplier.class);

    private final AppClients clients;
    private final IntentRecorder intents;
    private final CreateHistory creates;
    private final Guard guard;
    private final Currency currency;
    private final Obstacles obstacles;
    private final LookMemory memory;
    private final ClientObserver observer;
    private final Announcer announcer;

    ClientApplier(
            AppClients clients,
            IntentRecorder intents,
            CreateHistory creates,
            Guard guard,
            Currency currency,
            Obstacles obstacles,
            LookMemory memory,
            ClientObserver observer,
            Announcer announcer) {
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
     * Does what the plan says.
     *
     * @return the client as Cognito has it now; null when Cognito was not asked, because it is known to be right
     * @throws Stop if the plan is to wait or to refuse
     * @throws FailedCall if Cognito did not do it
     * @throws PoolUnread if the pool must be read before something is created
     * @throws CallNoLongerWanted if the object changed while the call waited for its turn
     */
    @Nullable
    AppClient apply(Subject subject, Progress progress, Plan plan) {
        return switch (plan) {
            case Plan.Keep(String clientId) -> keep(subject, progress, clientId);
            case Plan.Confirm(AppClient client) -> confirm(subject, progress, client);
            case Plan.Witness(AppClient client, var differences) -> witness(subject, progress, client, differences);
            case Plan.Create() -> create(subject, progress);
            case Plan.Update(AppClient client, var differences) -> update(subject, progress, client, differences);
            case Plan.Await await ->
                throw Stop.waiting(
                        Step.CLIENT,
                        Reason.CREATE_OUTCOME_UNKNOWN,
                        "An earlier create has no known outcome: looked for again at " + await.until()
                                + ", and created then if it has not turned up",
                        Pace.SOON);
            case Plan.RefuseNothingToObserve refusal -> {
                progress.clearIntent();
                throw RefusedPlan.of(subject, refusal);
            }
            case Plan.Refusal refusal -> throw RefusedPlan.of(subject, refusal);
        };
    }

    private @Nullable AppClient keep(Subject subject, Progress progress, String clientId) {
        if (subject.observes()) {
            progress.recordDrift(progress.drift());
        }
        progress.clientFound(clientId, subject.pool().facts().arn().value());
        progress.done(Step.CLIENT);
        return null;
    }

    private AppClient confirm(Subject subject, Progress progress, AppClient client) {
        synced(subject, progress, client);
        return client;
    }

    /** What differs stays as it is, and the Secret tells what there is. */
    private AppClient witness(Subject subject, Progress progress, AppClient client, List<FieldDifference> differences) {
        List<DriftedField> drift = differences.stream()
                .map(difference -> new DriftedField(
                        difference.field(), shortened(difference.desired()), shortened(difference.observed())))
                .toList();
        AppClientSettings remembered = drift.isEmpty() ? null : client.settings();
        memory.observed(subject.uid(), remembered);
        progress.recordDrift(drift);
        synced(subject, progress, client);
        return client;
    }

    private static String shortened(String value) {
        return Excerpt.of(value, DriftedField.MAX_VALUE);
    }

    private AppClient create(Subject subject, Progress progress) {
        // Where something might have been begun before, that had to be found first, and nothing was judged yet.
        obstacles.inTheWayOf(subject).ifPresent(obstacle -> {
            throw obstacle.stop();
        });
        guard.confirmFacts(subject);
        AppClient client = askForCreation(subject, progress);
        creates.created(subject.uid());
        creates.proved(subject.uid(), client.clientId());
        LOG.atInfo()
                .addKeyValue("clientId", client.clientId())
                .addKeyValue("pool", client.pool())
                .log("Created the app client");
        memory.looked(subject.uid(), observer.interval(subject));
        report(subject, progress, subject.desired().settings(), client);
        return client;
    }

    private AppClient askForCreation(Subject subject, Progress progress) {
        try {
            return clients.create(
                    subject.pool().access(),
                    subject.desired().settings(),
                    subject.desired().confidential(),
                    () -> isIntentRecorded(subject, progress) && currency.holds());
        } catch (FailedCall failed) {
            if (!failed.failure().mayHaveTakenEffect()) {
                comeToNothing(subject, progress);
            }
            obstacles.explain(subject, failed.failure()).ifPresent(explained -> {
                throw explained;
            });
            throw failed;
        } catch (CallNoLongerWanted | KubernetesClientException notCalled) {
            // Should the intent stand, because only its answer was lost, it is waited for like anybody else's.
            comeToNothing(subject, progress);
            throw notCalled;
        } finally {
            creates.ended(subject.uid());
        }
    }

    /** Judges the newest version, after all waiting, and binds the intent to it: a label that was touched meanwhile is no reason. */
    private boolean isIntentRecorded(Subject subject, Progress progress) {
        Optional<UserPoolClient> judged =
                currency.current(subject).filter(now -> Currency.mayBeCreatedFor(subject, now));
        judged.ifPresent(now -> intents.record(subject, progress, now));
        return judged.isPresent();
    }

    private void comeToNothing(Subject subject, Progress progress) {
        creates.cameToNothing(subject.uid());
        if (progress.isIntentRecorded()) {
            progress.clearIntent();
        }
    }

    private AppClient update(Subject subject, Progress progress, AppClient client, List<FieldDifference> differences) {
        found(subject, progress, client);
        var obstacle = obstacles.inTheWayOf(subject);
        if (obstacle.isPresent()) {
            progress.deferStop(obstacle.get().stop());
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
        } catch (FailedCall failed) {
            return refused(subject, progress, client, failed.failure());
        }
        announcer.updated(subject.resource(), fields(differences), drifted);
        tellReset(subject, client, updated);
        report(subject, progress, subject.desired().settingsFor(client.settings()), updated);
        // Only Describe is sure to show the secret; what it showed before the update is still true.
        return updated.secret() == null ? updated.withSecret(client.secret()) : updated;
    }

    /** The client is there, only not as it should be: its Secret is still looked after. */
    private AppClient refused(Subject subject, Progress progress, AppClient client, Failure failure) {
        progress.deferStop(obstacles
                .explain(subject, failure)
                .orElseGet(() -> Stop.with(
                        FailureText.conclude(Step.CLIENT, failure, client.pool().value()),
                        failure.kind().pace())));
        return client;
    }

    /** Compares the answer with what was asked for: what did not stick is reported, and not asked for again and again. */
    private void report(Subject subject, Progress progress, AppClientSettings wanted, AppClient client) {
        List<FieldDifference> left = Drift.between(wanted, client.settings());
        if (left.isEmpty()) {
            synced(subject, progress, client);
            return;
        }
        found(subject, progress, client);
        // Neither written nor confirmed: what is put right later is then no drift that somebody else caused.
        progress.applied(null);
        progress.deferStop(Stop.refused(
                Step.CLIENT,
                Reason.NOT_APPLIED,
                "Cognito accepted the settings, but shows others for: "
                        + left.stream()
                                .map(d -> d.field() + " (wanted " + d.desired() + ", got " + d.observed() + ")")
                                .collect(Collectors.joining(", "))
                        + ". Write what Cognito shows, or ask why it does; tried again hourly",
                Pace.HOURLY));
    }

    private void found(Subject subject, Progress progress, AppClient client) {
        if (progress.clientId() == null && client.clientId().equals(subject.adopted())) {
            announcer.adopted(subject.resource(), client.clientId());
        }
        progress.clientFound(client.clientId(), subject.pool().facts().arn().value());
    }

    private void synced(Subject subject, Progress progress, AppClient client) {
        found(subject, progress, client);
        progress.applied(subject.digest());
        progress.done(Step.CLIENT);
    }

    /** What this version cannot name it cannot keep: a person must know. */
    private void tellReset(Subject subject, AppClient before, AppClient after) {
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
