package dev.appclients.cognito.crash;

import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.CallListener;
import dev.appclients.cognito.aws.CognitoConnection;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.controller.ClientReconcilerFactory;
import dev.appclients.cognito.controller.Informers;
import dev.appclients.cognito.controller.OperatorSettings;
import dev.appclients.cognito.controller.PassListener;
import dev.appclients.cognito.controller.PoolReconcilerFactory;
import dev.appclients.cognito.controller.Registration;
import dev.appclients.cognito.controller.Tenure;
import dev.appclients.cognito.controller.guards.LeaderElection;
import dev.appclients.cognito.controller.guards.RestingOperator;
import dev.appclients.cognito.controller.reconcile.AwsWaitLimit;
import dev.appclients.cognito.controller.reconcile.PassAppClients;
import dev.appclients.cognito.controller.reconcile.PassExecutor;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.OperatorRbac;
import dev.appclients.cognito.secret.Marks;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import java.time.Clock;
import java.util.UUID;

/** The operator as production has it: it leads by a lease, and looks at the CRDs before it begins. */
final class LeadingOperator implements Scene.Life {

    static {
        // Any key will do for the simulator; the SDK's default chain finds it here.
        System.setProperty("aws.accessKeyId", "AKIDOPERATOR");
        System.setProperty("aws.secretAccessKey", "unused");
    }

    private final KubernetesClient kubernetes;
    private final CognitoConnection cognito;
    private final Operator operator;
    private final Tenure tenure = new Tenure(false);

    LeadingOperator(Border border, OperatorSettings settings) {
        Config config = border.kubernetesConfig();
        config.setUserAgent(Marks.FIELD_MANAGER);
        Clock clock = Clock.systemUTC();
        kubernetes = Clients.of(config);
        cognito = CognitoConnection.open(
                AwsConfiguration.DEFAULT.withEndpoint(border.cognito()).withQuotas(Quotas.UNLIMITED),
                CallListener.NONE,
                clock);
        Informers informers = new Informers();
        operator = new RestingOperator(overrider -> {
            overrider
                    .withKubernetesClient(kubernetes)
                    .withExecutorService(new PassExecutor())
                    .checkingCRDAndValidateLocalModel(true)
                    .withLeaderElectionConfiguration(LeaderElection.configuration(
                            OperatorRbac.NAMESPACE, UUID.randomUUID().toString(), tenure::begin, tenure::lose))
                    .withCloseClientOnStop(false);
            Registration.retryLists(overrider);
        });
        PassAppClients calls = new PassAppClients(cognito.appClients(), new AwsWaitLimit());
        Registration.register(
                operator,
                informers,
                new ClientReconcilerFactory(kubernetes, calls, informers, tenure, settings, PassListener.NONE, clock)
                        .create(),
                PoolReconcilerFactory.create(kubernetes, calls, informers, tenure, settings, PassListener.NONE, clock));
        operator.start();
    }

    @Override
    public void bury() {
        stop();
    }

    @Override
    public void stop() {
        tenure.stop();
        cognito.cancelWaitingCalls();
        operator.stop();
        cognito.close();
        kubernetes.close();
    }
}
