package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.controller.guards.WakeUps;
import dev.appclients.cognito.controller.reconcile.PassAppClients;
import dev.appclients.cognito.controller.reconcile.RunningPass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the steps of the ClusterUserPool reconciler, once per process. */
public final class PoolParts {

    /** The name of the controller in metrics, logs and health checks. */
    static final String NAME = "clusteruserpool";

    private static final Logger LOG = LoggerFactory.getLogger(PoolParts.class);

    private final PassAppClients calls;
    private final Informers informers;
    private final Tenure tenure;
    private final WakeUps wakeUps;
    private final LookMemory memory;
    private final PoolBackOff backOff = new PoolBackOff(System::nanoTime);
    private final UnwrittenStatuses<ClusterUserPool> unwritten = new UnwrittenStatuses<>(RandomGenerator.getDefault());
    private final PassListener listener;
    private final PoolObserver observer;
    private final PoolUsage usage;
    private final EventAnnouncer announcer;
    private final PoolStatusWriter statuses;

    /**
     * Creates the steps.
     *
     * @param informers shared with the UserPoolClient reconciler
     * @param tenure gates every reconciliation
     * @param listener counts errors that no condition shows
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
        this.calls = clients;
        this.informers = informers;
        this.tenure = tenure;
        this.wakeUps = wakeUps;
        this.listener = listener;
        memory = new LookMemory(clock, RandomGenerator.getDefault());
        observer = new PoolObserver(clients, informers, memory, backOff, informers.readings(), settings);
        usage = new PoolUsage(kubernetes, informers);
        announcer = new EventAnnouncer(kubernetes, clock);
        statuses = new PoolStatusWriter(
                new StatusWriter<>(NAME, ClusterUserPool::new, listener, pool -> {}),
                unwritten,
                announcer,
                clock);
        informers.whenPoolIsGone(pool -> forget(pool.getMetadata().getUid()));
    }

    /** Logs and counts an unexpected error. Its text goes only to the log. */
    void unexpected(ClusterUserPool pool, Throwable error) {
        listener.unexpectedError(NAME);
        LOG.error(
                "UnexpectedError: the reconciliation of ClusterUserPool {} failed. The operator retries within a minute",
                pool.getMetadata().getName(),
                error);
    }

    /** Begins a reconciliation, if the gate allows it. {@link #end} must follow then. */
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

    /** Ends a reconciliation. Forgets a deleted object here too, because its delete event may have come during the reconciliation. */
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

    /** How many entries are kept in memory for objects. */
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

    PoolUsage usage() {
        return usage;
    }

    /** Schedules the next reconciliation, and tells the watchdog of the timer when to expect it. */
    Duration promise(ClusterUserPool pool, Duration delay) {
        wakeUps.promised(pool.getMetadata().getUid(), delay);
        return delay;
    }
}
