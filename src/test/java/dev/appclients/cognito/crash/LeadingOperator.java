package dev.appclients.cognito.crash;

import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.CallListener;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.aws.cognito.CognitoConnection;
import dev.appclients.cognito.controller.claim.ClaimReconcilerFactory;
import dev.appclients.cognito.controller.client.ClientReconcilerFactory;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.pool.PoolReconcilerFactory;
import dev.appclients.cognito.controller.reconcile.AwsWaitLimit;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controller.reconcile.PassAppClients;
import dev.appclients.cognito.controller.reconcile.PassExecutor;
import dev.appclients.cognito.controller.reconcile.PassListener;
import dev.appclients.cognito.controller.reconcile.ReconcileGate;
import dev.appclients.cognito.controller.workarounds.LeaderElection;
import dev.appclients.cognito.controller.workarounds.RestingOperator;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.OperatorRbac;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.runtime.Registration;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** The operator as in production, with leader election and the check of the CRDs. */
final class LeadingOperator implements Scene.Handle {

    static {
        // The simulator accepts any key. The SDK's default chain finds this one.
        System.setProperty("aws.accessKeyId", "AKIDOPERATOR");
        System.setProperty("aws.secretAccessKey", "unused");
    }

    private final KubernetesClient kubernetes;
    private final CognitoConnection cognito;
    private final Operator operator;
    private final ReconcileGate gate = new ReconcileGate(false);

    LeadingOperator(FaultProxy proxy, OperatorSettings settings) {
        Config config = proxy.kubernetesConfig();
        config.setUserAgent(Marks.FIELD_MANAGER);
        Clock clock = Clock.systemUTC();
        kubernetes = Clients.of(config);
        cognito = CognitoConnection.open(
                AwsConfiguration.DEFAULT.withEndpoint(proxy.cognito()).withQuotas(Quotas.UNLIMITED),
                CallListener.NONE,
                clock);
        Informers informers = new Informers();
        operator = new RestingOperator(overrider -> {
            overrider
                    .withKubernetesClient(kubernetes)
                    .withExecutorService(new PassExecutor())
                    .checkingCRDAndValidateLocalModel(true)
                    .withLeaderElectionConfiguration(LeaderElection.configuration(
                            OperatorRbac.NAMESPACE, UUID.randomUUID().toString(), gate::begin, gate::lose))
                    .withCloseClientOnStop(false);
            Registration.retryLists(overrider);
        });
        PassAppClients calls = new PassAppClients(cognito.appClients(), new AwsWaitLimit());
        Registration.register(
                operator,
                informers,
                new ClientReconcilerFactory(kubernetes, calls, informers, gate, settings, PassListener.NONE, clock)
                        .create(),
                PoolReconcilerFactory.create(kubernetes, calls, informers, gate, settings, PassListener.NONE, clock),
                ClaimReconcilerFactory.create(kubernetes, calls, informers, gate, settings, PassListener.NONE, clock));
        operator.start();
    }

    @Override
    public boolean isIdle() {
        try {
            return gate.awaitIdle(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void discard() {
        stop();
    }

    @Override
    public void stop() {
        gate.stop();
        cognito.cancelWaitingCalls();
        operator.stop();
        cognito.close();
        kubernetes.close();
    }
}
