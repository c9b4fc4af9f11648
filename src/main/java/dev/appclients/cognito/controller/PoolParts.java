package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.controller.guards.WakeUps;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The steps of a pass over a ClusterUserPool, put together once per process. */
public final class PoolParts {

    private final KubernetesClient kubernetes;
    private final Informers informers;
    private final WakeUps wakeUps;
    private final PoolObserver observer;
    private final PoolStatusWriter statuses;

    /** Puts the parts together; the informers are shared with the clients' reconciler. */
    public PoolParts(
            KubernetesClient kubernetes,
            AppClients clients,
            Informers informers,
            WakeUps wakeUps,
            OperatorSettings settings,
            InstantSource clock) {
        this.kubernetes = kubernetes;
        this.informers = informers;
        this.wakeUps = wakeUps;
        observer = new PoolObserver(
                clients,
                informers,
                new LookMemory(clock, RandomGenerator.getDefault()),
                informers.readings(),
                settings);
        statuses = new PoolStatusWriter(new EventAnnouncer(kubernetes, clock), clock);
    }

    PoolObserver observer() {
        return observer;
    }

    PoolStatusWriter statuses() {
        return statuses;
    }

    WakeUps wakeUps() {
        return wakeUps;
    }

    Informers informers() {
        return informers;
    }

    /** Whether a client refers to the pool. An empty cache is not believed: the finalizer goes only after one live look. */
    boolean isInUse(ClusterUserPool pool) {
        String name = pool.getMetadata().getName();
        return !informers.clientsOfPool(name).isEmpty()
                || kubernetes.resources(UserPoolClient.class).inAnyNamespace().list().getItems().stream()
                        .anyMatch(
                                client -> client.getSpec().userPoolRef().name().equals(name));
    }

    Duration promise(ClusterUserPool pool, Duration delay) {
        wakeUps.promised(pool.getMetadata().getUid(), delay);
        return delay;
    }
}
