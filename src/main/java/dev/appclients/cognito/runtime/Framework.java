package dev.appclients.cognito.runtime;

import dev.appclients.cognito.controller.claim.ClientSecretClaimReconciler;
import dev.appclients.cognito.controller.client.UserPoolClientReconciler;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.cluster.MetadataCloner;
import dev.appclients.cognito.controller.pool.ClusterUserPoolReconciler;
import dev.appclients.cognito.controller.reconcile.PassExecutor;
import dev.appclients.cognito.controller.reconcile.ReconcileGate;
import dev.appclients.cognito.controller.workarounds.LeaderElection;
import dev.appclients.cognito.controller.workarounds.UnfailingMetrics;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.kubernetes.client.KubernetesConfigCustomizer;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Configures the frameworks: threads, metrics, leader election, and the user agent. */
final class Framework {

    private static final Logger LOG = LoggerFactory.getLogger(Framework.class);
    private static final int LEASE_LOST = 1;

    Framework() {}

    /** The API server takes the field manager of a create from the user agent. */
    @Produces
    @Singleton
    KubernetesConfigCustomizer userAgent() {
        return config -> config.setUserAgent(Marks.FIELD_MANAGER);
    }

    /** Replaces the extension's client, which opens a connection for every concurrent request. */
    @Produces
    @Singleton
    KubernetesClient kubernetes(Config config, KubernetesSerialization serialization, Vertx vertx) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(serialization)
                .withHttpClientFactory(new BoundedVertxClientFactory(vertx))
                .build();
    }

    void close(@Disposes KubernetesClient kubernetes) {
        kubernetes.close();
    }

    @Produces
    @Singleton
    LeaseClient lease(Config config, KubernetesSerialization serialization, BoundedConfig bounds) {
        return new LeaseClient(config, serialization, bounds.leaseDuration());
    }

    void close(@Disposes LeaseClient lease) {
        lease.close();
    }

    /**
     * Replaces the extension's operator: its configuration makes another Kubernetes client for every caller once threads are
     * customized (QOSDK 7.7.3).
     */
    @Produces
    @ApplicationScoped
    Operator operator(
            KubernetesClient kubernetes,
            Instance<LeaseClient> lease,
            MemoryReport memory,
            Metrics metrics,
            BoundedConfig config,
            ReconcileGate gate,
            Informers informers,
            UserPoolClientReconciler clients,
            ClusterUserPoolReconciler pools,
            ClientSecretClaimReconciler claims) {
        Operator operator = new OperatorBootstrap(
                kubernetes,
                config.watchNamespaces(),
                new CrdCompatibility(kubernetes),
                memory,
                Runtime.getRuntime()::halt,
                overrider -> {
                    overrider
                            // The framework uses it only for the leader election, see OperatorBootstrap.
                            .withKubernetesClient(
                                    config.leaderElection() ? lease.get().kubernetes() : kubernetes)
                            .withCloseClientOnStop(false)
                            .withExecutorService(new PassExecutor())
                            .withResourceCloner(new MetadataCloner(kubernetes))
                            .withMetrics(metrics)
                            .checkingCRDAndValidateLocalModel(false);
                    Registration.retryLists(overrider);
                    if (config.leaderElection()) {
                        overrider.withLeaderElectionConfiguration(leaderElection(config, kubernetes, gate));
                    }
                });
        Registration.register(operator, informers, clients, pools, claims);
        return operator;
    }

    @Produces
    @Singleton
    Metrics metrics(MeterRegistry registry) {
        return new UnfailingMetrics(MicrometerMetricsV2.newBuilder(registry).build());
    }

    /**
     * Adds the tag {@code action} where it is missing. The framework counts events with and without it under one name, and the
     * Prometheus registry rejects the second. Goes away with JOSDK 5.3.3 (issue 3256).
     */
    @Produces
    @Singleton
    MeterFilter everyEventHasAnAction() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().equals("events.received") && id.getTag("action") == null
                        ? id.withTag(Tag.of("action", "unknown"))
                        : id;
            }
        };
    }

    private static LeaderElectionConfiguration leaderElection(
            BoundedConfig config, KubernetesClient kubernetes, ReconcileGate gate) {
        String namespace =
                config.namespace().orElseGet(() -> Objects.requireNonNullElse(kubernetes.getNamespace(), "default"));
        return LeaderElection.configuration(
                namespace,
                config.identity().orElseGet(Framework::hostName),
                config.leaseDuration(),
                gate::begin,
                () -> lost(gate));
    }

    /** Halts the process, because another replica may lead from now on. */
    private static void lost(ReconcileGate gate) {
        gate.lose();
        if (!gate.isStopping()) {
            LOG.error(
                    "Lost the leader's lease. The operator exits at once, so that two replicas never act at the same time");
            Runtime.getRuntime().halt(LEASE_LOST);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName() + "-" + UUID.randomUUID();
        } catch (UnknownHostException e) {
            return UUID.randomUUID().toString();
        }
    }
}
