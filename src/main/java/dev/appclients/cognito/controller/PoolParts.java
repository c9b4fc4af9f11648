package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolStatus;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.guards.WakeUps;
import dev.appclients.cognito.controller.reconcile.PassAppClients;
import dev.appclients.cognito.controller.reconcile.RunningPass;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a pass over a ClusterUserPool, put together once per process. */
public final class PoolParts {

    private static final Logger LOG = LoggerFactory.getLogger(PoolParts.class);

    /** The CRD makes it selectable. */
    private static final String POOL_FIELD = "spec.userPoolRef.name";

    private final KubernetesClient kubernetes;
    private final PassAppClients calls;
    private final Informers informers;
    private final Tenure tenure;
    private final WakeUps wakeUps;
    private final LookMemory memory;
    private final PoolBackOff backOff = new PoolBackOff(System::nanoTime);
    private final UnwrittenStatuses<ClusterUserPool> unwritten = new UnwrittenStatuses<>(RandomGenerator.getDefault());
    private final PassListener listener;
    private final PoolObserver observer;
    private final EventAnnouncer announcer;
    private final PoolStatusWriter statuses;

    /**
     * Puts the parts together.
     *
     * @param informers shared with the clients' reconciler
     * @param tenure asked before every pass
     * @param listener counts what no condition can show
     */
    public PoolParts(
            KubernetesClient kubernetes,
            PassAppClients clients,
            Informers informers,
            Tenure tenure,
            WakeUps wakeUps,
            OperatorSettings settings,
            PassListener listener,
            InstantSource clock) {
        this.kubernetes = kubernetes;
        this.calls = clients;
        this.informers = informers;
        this.tenure = tenure;
        this.wakeUps = wakeUps;
        this.listener = listener;
        memory = new LookMemory(clock, RandomGenerator.getDefault());
        observer = new PoolObserver(clients, informers, memory, backOff, informers.readings(), settings);
        announcer = new EventAnnouncer(kubernetes, clock);
        statuses = new PoolStatusWriter(
                new StatusWriter<>(
                        ClusterUserPoolReconciler.NAME,
                        ClusterUserPoolStatus::conditions,
                        unwritten,
                        listener,
                        pool -> {}),
                announcer,
                clock);
        informers.whenPoolIsGone(pool -> forget(pool.getMetadata().getUid()));
    }

    /** Logs and counts an error that the code does not expect. Its text stands in the log alone. */
    void unexpected(ClusterUserPool pool, Throwable error) {
        listener.unexpectedError(ClusterUserPoolReconciler.NAME);
        LOG.error(
                "UnexpectedError: the reconciliation of ClusterUserPool {} failed. The operator retries within a minute",
                pool.getMetadata().getName(),
                error);
    }

    /** Whether a pass may begin; if so, {@link #end} must follow. */
    boolean begin(ClusterUserPool pool) {
        String uid = pool.getMetadata().getUid();
        wakeUps.arrived(uid);
        if (!tenure.enter()) {
            return false;
        }
        ResourceID id = ResourceID.fromResource(pool);
        RunningPass.setCaller(
                new RunningPass.Caller(uid, () -> informers.poolSignals().propagateEvent(id)));
        return true;
    }

    /** What a pass remembers after its object went, no delete event takes away. */
    void end(ClusterUserPool pool) {
        String uid = pool.getMetadata().getUid();
        if (informers.isGone(pool)) {
            forget(uid);
        }
        calls.passEnded(uid);
        tenure.leave();
    }

    private void forget(String uid) {
        calls.forget(uid);
        observer.forget(uid);
        unwritten.forget(uid);
        wakeUps.arrived(uid);
        announcer.forget(uid);
    }

    /** How many things are remembered of objects, of all kinds. */
    int remembered() {
        return memory.size() + backOff.size() + unwritten.size() + announcer.remembered();
    }

    PoolObserver observer() {
        return observer;
    }

    PoolStatusWriter statuses() {
        return statuses;
    }

    Informers informers() {
        return informers;
    }

    /**
     * Whether a client refers to the pool. The cache proves only that one does: before the finalizer goes, the API server is asked for
     * one client that refers to it.
     */
    boolean isInUse(ClusterUserPool pool) {
        String name = pool.getMetadata().getName();
        return !informers.clientsOfPool(name).isEmpty()
                || !kubernetes
                        .resources(UserPoolClient.class)
                        .inAnyNamespace()
                        .withField(POOL_FIELD, name)
                        .list(new ListOptionsBuilder().withLimit(1L).build())
                        .getItems()
                        .isEmpty();
    }

    Duration promise(ClusterUserPool pool, Duration delay) {
        wakeUps.promised(pool.getMetadata().getUid(), delay);
        return delay;
    }
}
