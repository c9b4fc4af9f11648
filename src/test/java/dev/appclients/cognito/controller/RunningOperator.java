package dev.appclients.cognito.controller;

import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.CallListener;
import dev.appclients.cognito.aws.CognitoConnection;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.controller.guards.RestingOperator;
import dev.appclients.cognito.controller.guards.UnfailingMetrics;
import dev.appclients.cognito.controller.guards.WakeUps;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.secret.Marks;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.javaoperatorsdk.operator.Operator;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The operator in this JVM, under the identity and the RBAC that ship, against a real API server and the simulator. */
public final class RunningOperator implements AutoCloseable {

    private static final Consumer<HttpClient.Builder> AS_IT_IS = http -> {};

    private final KubernetesClient kubernetes;
    private final CognitoConnection cognito;
    private final Operator operator;
    private final Tenure tenure = new Tenure(true);
    private final WakeUps wakeUps;
    private final Informers informers;
    private final ClientParts clients;
    private final PoolParts pools;
    private final CountedFailures failures = new CountedFailures();
    private final Passes passes = new Passes();

    static {
        // Any key will do for the simulator; the SDK's default chain finds it here.
        System.setProperty("aws.accessKeyId", "AKIDOPERATOR");
        System.setProperty("aws.secretAccessKey", "unused");
    }

    private RunningOperator(
            Config config,
            Consumer<HttpClient.Builder> http,
            URI endpoint,
            OperatorSettings settings,
            Quotas quotas,
            InstantSource clock,
            long pageSize) {
        informers = new Informers(pageSize);
        config.setUserAgent(Marks.FIELD_MANAGER);
        kubernetes = Clients.of(config, http);
        cognito = CognitoConnection.open(
                AwsConfiguration.DEFAULT.withEndpoint(endpoint).withQuotas(quotas), CallListener.NONE, clock);
        wakeUps = new WakeUps(clock, Duration.ofMinutes(1));
        operator = new RestingOperator(overrider -> {
            overrider
                    .withKubernetesClient(kubernetes)
                    .withExecutorService(Executors.newVirtualThreadPerTaskExecutor())
                    .withCloseClientOnStop(false)
                    .withResourceCloner(new LightCloner(kubernetes))
                    .withMetrics(new UnfailingMetrics(passes));
            Registration.retryLists(overrider);
        });
        clients = new ClientParts(
                kubernetes, cognito.appClients(), informers, tenure, wakeUps, settings, failures, clock);
        pools = new PoolParts(kubernetes, cognito.appClients(), informers, tenure, wakeUps, settings, failures, clock);
        Registration.register(operator, clients, pools);
        operator.start();
    }

    public static RunningOperator start(URI endpoint) {
        return start(endpoint, OperatorSettings.DEFAULT.withCreateSettlesAfter(Duration.ofSeconds(2)));
    }

    public static RunningOperator start(URI endpoint, OperatorSettings settings) {
        return start(endpoint, settings, Clock.systemUTC());
    }

    public static RunningOperator start(URI endpoint, OperatorSettings settings, InstantSource clock) {
        return new RunningOperator(
                TestCluster.operatorConfig(), AS_IT_IS, endpoint, settings, Quotas.UNLIMITED, clock, Watches.PAGE_SIZE);
    }

    /** @param quotas that the operator keeps to; otherwise it keeps to none */
    public static RunningOperator start(URI endpoint, OperatorSettings settings, InstantSource clock, Quotas quotas) {
        return new RunningOperator(
                TestCluster.operatorConfig(), AS_IT_IS, endpoint, settings, quotas, clock, Watches.PAGE_SIZE);
    }

    /** @param config how the operator reaches the API server */
    public static RunningOperator start(Config config, URI endpoint, OperatorSettings settings) {
        return new RunningOperator(
                config, AS_IT_IS, endpoint, settings, Quotas.UNLIMITED, Clock.systemUTC(), Watches.PAGE_SIZE);
    }

    /** @param config how the operator reaches the API server */
    public static RunningOperator start(Config config, URI endpoint, OperatorSettings settings, InstantSource clock) {
        return new RunningOperator(config, AS_IT_IS, endpoint, settings, Quotas.UNLIMITED, clock, Watches.PAGE_SIZE);
    }

    /** @param http what is done to the operator's way to the API server */
    public static RunningOperator start(URI endpoint, OperatorSettings settings, Consumer<HttpClient.Builder> http) {
        return new RunningOperator(
                TestCluster.operatorConfig(),
                http,
                endpoint,
                settings,
                Quotas.UNLIMITED,
                Clock.systemUTC(),
                Watches.PAGE_SIZE);
    }

    /**
     * As {@link #start(URI, OperatorSettings, Consumer)}.
     *
     * @param pageSize how many objects each page of a list has
     */
    public static RunningOperator start(
            URI endpoint, OperatorSettings settings, Consumer<HttpClient.Builder> http, long pageSize) {
        return new RunningOperator(
                TestCluster.operatorConfig(), http, endpoint, settings, Quotas.UNLIMITED, Clock.systemUTC(), pageSize);
    }

    Passes passes() {
        return passes;
    }

    /** What could not be shown in any condition. */
    CountedFailures failures() {
        return failures;
    }

    /** How many things the operator remembers of objects, beside what its caches hold. */
    int remembered() {
        return clients.remembered() + pools.remembered() + informers.remembered();
    }

    public Tenure tenure() {
        return tenure;
    }

    /** Ends the threads of an operator that can no longer reach anybody; nothing is waited for. */
    public void abandon() {
        tenure.lose();
        Thread.ofVirtual().name("abandoned-operator").start(() -> {
            operator.stop();
            cognito.close();
            kubernetes.close();
        });
    }

    /** An orderly stop. */
    @Override
    public void close() {
        tenure.stop();
        cognito.giveUpWaiting();
        awaitIdle();
        operator.stop();
        cognito.close();
        kubernetes.close();
    }

    /** Gives the passes under way the time that production gives them. */
    private void awaitIdle() {
        try {
            tenure.awaitIdle(Duration.ofSeconds(15));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
