package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaimStatus;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.controller.reconcile.KubernetesEventRecorder;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controller.reconcile.PassAppClients;
import dev.appclients.cognito.controller.reconcile.PassListener;
import dev.appclients.cognito.controller.reconcile.PassScope;
import dev.appclients.cognito.controller.reconcile.PassScope.Memory;
import dev.appclients.cognito.controller.reconcile.ReconcileGate;
import dev.appclients.cognito.controller.reconcile.Schedule;
import dev.appclients.cognito.controller.reconcile.StatusPatcher;
import dev.appclients.cognito.controller.reconcile.UnwrittenStatuses;
import dev.appclients.cognito.controller.secret.ApiServerSecretStore;
import dev.appclients.cognito.controller.secret.RestoreHistory;
import dev.appclients.cognito.controller.secret.SecretStore;
import dev.appclients.cognito.controller.secret.SecretWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Creates the reconciler of ClientSecretClaims with the steps of its reconciliations. */
public final class ClaimReconcilerFactory {

    private final KubernetesClient kubernetes;
    private final Informers informers;
    private final PassListener listener;
    private final InstantSource clock;
    private final Schedule schedule;
    private final CheckMemory checkMemory;
    private final RestoreHistory restores;
    private final KubernetesEventRecorder events;
    private final UnwrittenStatuses<ClientSecretClaim> unwritten =
            new UnwrittenStatuses<>(RandomGenerator.getDefault());
    private final ClaimBackOff backOff = new ClaimBackOff();

    private ClaimReconcilerFactory(
            KubernetesClient kubernetes,
            Informers informers,
            OperatorSettings settings,
            PassListener listener,
            InstantSource clock) {
        this.kubernetes = kubernetes;
        this.informers = informers;
        this.listener = listener;
        this.clock = clock;
        checkMemory = new CheckMemory(clock, RandomGenerator.getDefault());
        schedule = new Schedule(checkMemory, settings, RandomGenerator.getDefault());
        restores = new RestoreHistory(settings, clock);
        events = new KubernetesEventRecorder(kubernetes, clock, listener);
    }

    /**
     * Creates the reconciler. Called once per process.
     *
     * @param kubernetes has the operator's identity
     * @param calls tracks the passes of every kind; a claim makes no call
     * @param informers shared with the other reconcilers
     * @param gate gates every reconciliation
     * @param listener counts errors that no condition shows
     */
    public static ClientSecretClaimReconciler create(
            KubernetesClient kubernetes,
            PassAppClients calls,
            Informers informers,
            ReconcileGate gate,
            OperatorSettings settings,
            PassListener listener,
            InstantSource clock) {
        return new ClaimReconcilerFactory(kubernetes, informers, settings, listener, clock).create(calls, gate);
    }

    private ClientSecretClaimReconciler create(PassAppClients calls, ReconcileGate gate) {
        SecretStore secrets = new ApiServerSecretStore(kubernetes, informers);
        SecretWriter writer = new SecretWriter(secrets, restores, events);
        LiveObjects live = new LiveObjects(kubernetes);
        ClaimJudge judge = new ClaimJudge(informers, live);
        Copies copies = new Copies(informers, secrets, writer, live);
        SourceReads reads = new SourceReads(ClaimReconcilerFactory::after);
        ClaimQuota quota = new ClaimQuota(informers);
        PassScope<ClientSecretClaim> passes = passes(calls, gate);
        informers.whenClaimIsGone(claim -> passes.forget(claim.getMetadata().getUid()));
        return new ClientSecretClaimReconciler(
                passes,
                judge,
                new Withdrawal(judge, copies, kubernetes),
                copies,
                new CopyPublisher(
                        informers,
                        secrets,
                        writer,
                        copies,
                        quota,
                        reads,
                        new WaitingClaims(informers, judge),
                        checkMemory),
                reads,
                reports(copies),
                informers);
    }

    private ClaimReports reports(Copies copies) {
        StatusPatcher<ClientSecretClaimStatus, ClientSecretClaim> statuses = new StatusPatcher<>(
                ControllerNames.CLAIMS,
                ClientSecretClaimStatus::conditions,
                unwritten,
                listener,
                informers.watches()::shrink);
        return new ClaimReports(statuses, copies, events, schedule, backOff, listener, clock);
    }

    private PassScope<ClientSecretClaim> passes(PassAppClients calls, ReconcileGate gate) {
        return new PassScope<>(
                gate,
                calls,
                informers::isGone,
                informers::wakeClaim,
                List.of(
                        new Memory(checkMemory::forget, checkMemory::size),
                        new Memory(restores::forget, restores::size),
                        new Memory(unwritten::forget, unwritten::size),
                        new Memory(backOff::forget, backOff::size),
                        new Memory(events::forget, events::remembered)));
    }

    private static void after(Duration delay, Runnable task) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(task);
    }
}
