package dev.appclients.cognito.runtime;

import dev.appclients.cognito.aws.cognito.CognitoConnection;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.reconcile.ReconcileGate;
import dev.appclients.cognito.runtime.metrics.StateMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Registers the metrics that each scrape computes. */
final class MetricsStart {

    MetricsStart() {}

    /** Replaces the bean of Quarkus 3.34, of which every user gets an instance of its own. */
    @Produces
    @Singleton
    CollectorRegistry collectors() {
        return new CollectorRegistry(true);
    }

    void onStart(
            @Observes StartupEvent event,
            MeterRegistry meters,
            CollectorRegistry collectors,
            Informers informers,
            ReconcileGate gate,
            CognitoConnection cognito,
            InstantSource clock) {
        new StateMetrics(informers, gate, cognito::budget, clock).register(meters, collectors);
    }
}
