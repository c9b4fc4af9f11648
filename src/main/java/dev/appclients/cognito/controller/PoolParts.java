package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.PassScope.Memory;
import dev.appclients.cognito.controller.guards.WakeUps;
import dev.appclients.cognito.controller.reconcile.PassAppClients;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a pass over a ClusterUserPool, put together once per process. */
public final class PoolParts {

    private static final Logger LOG = LoggerFactory.getLogger(PoolParts.class);

    /** The CRD makes it selectable. */
    private static final String POOL_FIELD = "spec.userPoolRef.name";

    private final KubernetesClient kubernetes;
    private final Informers informers;
    private final PassScope<ClusterUserPool> passes;
    private final WakeUps wakeUps;
    private final PassListener listener;
    private final PoolObserver observer;
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
        this.informers = informers;
        this.wakeUps = wakeUps;
        this.listener = listener;
        LookMemory memory = new LookMemory(clock, RandomGenerator.getDefault());
        PoolBackOff backOff = new PoolBackOff(System::nanoTime);
        UnwrittenStatuses<ClusterUserPool> unwritten = new UnwrittenStatuses<>(RandomGenerator.getDefault());
        observer = new PoolObserver(clients, informers, memory, backOff, informers.readings(), settings);
        EventAnnouncer announcer = new EventAnnouncer(kubernetes, clock);
        statuses = new PoolStatusWriter(
                new StatusWriter<>(ControllerNames.POOLS, ClusterUserPool::new, listener, pool -> {}),
                unwritten,
                announcer,
                clock);
        passes = new PassScope<>(
                tenure,
                wakeUps,
                clients,
                informers::isGone,
                informers.poolSignals()::propagateEvent,
                List.of(
                        new Memory(observer::forget, () -> memory.size() + backOff.size()),
                        new Memory(unwritten::forget, unwritten::size),
                        new Memory(announcer::forget, announcer::remembered)));
        informers.whenPoolIsGone(pool -> passes.forget(pool.getMetadata().getUid()));
    }

    /** Logs and counts an error that the code does not expect. Its text stands in the log alone. */
    void unexpected(ClusterUserPool pool, Throwable error) {
        listener.unexpectedError(ControllerNames.POOLS);
        LOG.error(
                "UnexpectedError: the reconciliation of ClusterUserPool {} failed. The operator retries within a minute",
                pool.getMetadata().getName(),
                error);
    }

    /** Surrounds each reconciliation of a pool. */
    PassScope<ClusterUserPool> passes() {
        return passes;
    }

    /** How many things are remembered of objects, of all kinds. */
    int remembered() {
        return passes.remembered();
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
