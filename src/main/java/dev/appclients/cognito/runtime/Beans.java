package dev.appclients.cognito.runtime;

import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.aws.cognito.CognitoConnection;
import dev.appclients.cognito.controller.claim.ClaimReconcilerFactory;
import dev.appclients.cognito.controller.claim.ClientSecretClaimReconciler;
import dev.appclients.cognito.controller.client.ClientReconcilerFactory;
import dev.appclients.cognito.controller.client.UserPoolClientReconciler;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.pool.ClusterUserPoolReconciler;
import dev.appclients.cognito.controller.pool.PoolReconcilerFactory;
import dev.appclients.cognito.controller.reconcile.AwsWaitLimit;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controller.reconcile.PassAppClients;
import dev.appclients.cognito.controller.reconcile.PassListener;
import dev.appclients.cognito.controller.reconcile.ReconcileGate;
import dev.appclients.cognito.runtime.metrics.CallMetrics;
import dev.appclients.cognito.runtime.metrics.OperatorMetric;
import dev.appclients.cognito.runtime.metrics.PassMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Produces the parts of the operator as beans. */
final class Beans {

    private static final Logger LOG = LoggerFactory.getLogger(Beans.class);

    Beans() {}

    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }

    /** Ends the process when a value is invalid. One log line names each invalid value. */
    @Produces
    @Singleton
    BoundedConfig configuration(OperatorConfig written) {
        ConfigCheck check = ConfigCheck.of(written);
        check.violations().forEach(violation -> LOG.error("Cannot start: {}", violation));
        return check.config().orElseGet(() -> {
            Runtime.getRuntime().halt(OperatorBootstrap.CANNOT_START);
            throw new IllegalStateException("a halted process does not get here");
        });
    }

    @Produces
    @Singleton
    OperatorSettings settings(BoundedConfig config) {
        return OperatorSettings.DEFAULT
                .withDriftCheckInterval(config.driftCheckInterval())
                .withPoolInterval(config.poolInterval())
                .withCreateSettlesAfter(config.createSettlesAfter());
    }

    @Produces
    @Singleton
    ReconcileGate gate(BoundedConfig config) {
        return new ReconcileGate(!config.leaderElection());
    }

    @Produces
    @Singleton
    Informers informers(BoundedConfig config) {
        return new Informers(config.listPageSize(), config.watchNamespaces());
    }

    @Produces
    @Singleton
    CognitoConnection cognito(BoundedConfig config, InstantSource clock, MeterRegistry registry) {
        AwsConfiguration configuration = AwsConfiguration.DEFAULT
                .withCluster(config.clusterName().orElse(null))
                .withCallTimeout(config.callTimeout(), config.connectTimeout())
                .withQuotas(config.quotas() ? Quotas.DEFAULT.withShare(config.quotaShare()) : Quotas.UNLIMITED);
        return CognitoConnection.open(configuration, new CallMetrics(registry, clock), clock);
    }

    void close(@Disposes CognitoConnection connection) {
        connection.close();
    }

    @Produces
    @Singleton
    PassListener passListener(MeterRegistry registry) {
        return new PassMetrics(registry);
    }

    @Produces
    @Singleton
    AwsWaitLimit awsWaitLimit(MeterRegistry registry) {
        AwsWaitLimit limit = new AwsWaitLimit();
        OperatorMetric.AWS_PASSES.gauge(registry, limit, AwsWaitLimit::inside);
        OperatorMetric.AWS_PASSES_DEFERRED.gauge(registry, limit, AwsWaitLimit::outside);
        return limit;
    }

    @Produces
    @Singleton
    PassAppClients appClients(CognitoConnection cognito, AwsWaitLimit limit) {
        return new PassAppClients(cognito.appClients(), limit);
    }

    @Produces
    @Singleton
    UserPoolClientReconciler userPoolClientReconciler(
            KubernetesClient kubernetes,
            PassAppClients clients,
            Informers informers,
            ReconcileGate gate,
            OperatorSettings settings,
            PassListener listener,
            InstantSource clock) {
        return new ClientReconcilerFactory(kubernetes, clients, informers, gate, settings, listener, clock).create();
    }

    @Produces
    @Singleton
    ClusterUserPoolReconciler clusterUserPoolReconciler(
            KubernetesClient kubernetes,
            PassAppClients clients,
            Informers informers,
            ReconcileGate gate,
            OperatorSettings settings,
            PassListener listener,
            InstantSource clock) {
        return PoolReconcilerFactory.create(kubernetes, clients, informers, gate, settings, listener, clock);
    }

    @Produces
    @Singleton
    ClientSecretClaimReconciler clientSecretClaimReconciler(
            KubernetesClient kubernetes,
            PassAppClients clients,
            Informers informers,
            ReconcileGate gate,
            OperatorSettings settings,
            PassListener listener,
            InstantSource clock) {
        return ClaimReconcilerFactory.create(kubernetes, clients, informers, gate, settings, listener, clock);
    }
}
