package dev.appclients.cognito.controller.pool;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolStatus;
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
import dev.appclients.cognito.controller.reconcile.StatusPatcher;
import dev.appclients.cognito.controller.reconcile.UnwrittenStatuses;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** Creates the reconciler of ClusterUserPools with the steps of its reconciliations. */
public final class PoolReconcilerFactory {

    private PoolReconcilerFactory() {}

    /**
     * Creates the reconciler. Called once per process.
     *
     * @param kubernetes has the operator's identity
     * @param clients calls Cognito
     * @param informers shared with the reconciler of UserPoolClients
     * @param gate gates every reconciliation
     * @param listener counts errors that no condition shows
     */
    public static ClusterUserPoolReconciler create(
            KubernetesClient kubernetes,
            PassAppClients clients,
            Informers informers,
            ReconcileGate gate,
            OperatorSettings settings,
            PassListener listener,
            InstantSource clock) {
        CheckMemory checkMemory = new CheckMemory(clock, RandomGenerator.getDefault());
        PoolBackOff backOff = new PoolBackOff(System::nanoTime);
        UnwrittenStatuses<ClusterUserPool> unwritten = new UnwrittenStatuses<>(RandomGenerator.getDefault());
        PoolObserver observer =
                new PoolObserver(clients, informers, checkMemory, backOff, informers.readings(), settings);
        KubernetesEventRecorder events = new KubernetesEventRecorder(kubernetes, clock, listener);
        PassScope<ClusterUserPool> passes = new PassScope<>(
                gate,
                clients,
                informers::isGone,
                informers.poolSignals()::propagateEvent,
                List.of(
                        new Memory(observer::forget, () -> checkMemory.size() + backOff.size()),
                        new Memory(unwritten::forget, unwritten::size),
                        new Memory(events::forget, events::remembered)));
        informers.whenPoolIsGone(pool -> passes.forget(pool.getMetadata().getUid()));
        PoolStatusWriter statuses = new PoolStatusWriter(
                new StatusPatcher<>(
                        ControllerNames.POOLS, ClusterUserPoolStatus::conditions, unwritten, listener, pool -> {}),
                events,
                clock);
        return new ClusterUserPoolReconciler(
                passes, observer, statuses, new PoolUsage(kubernetes, informers), informers, listener);
    }
}
