package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.CallListener;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.aws.cognito.CognitoConnection;
import dev.appclients.cognito.controller.claim.ClaimReconcilerFactory;
import dev.appclients.cognito.controller.claim.ClientSecretClaimReconciler;
import dev.appclients.cognito.controller.client.ClientReconcilerFactory;
import dev.appclients.cognito.controller.client.UserPoolClientReconciler;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.cluster.MetadataCloner;
import dev.appclients.cognito.controller.cluster.Watches;
import dev.appclients.cognito.controller.pool.ClusterUserPoolReconciler;
import dev.appclients.cognito.controller.pool.PoolReconcilerFactory;
import dev.appclients.cognito.controller.reconcile.AwsWaitLimit;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controller.reconcile.PassAppClients;
import dev.appclients.cognito.controller.reconcile.PassExecutor;
import dev.appclients.cognito.controller.reconcile.ReconcileGate;
import dev.appclients.cognito.controller.workarounds.RestingOperator;
import dev.appclients.cognito.controller.workarounds.UnfailingMetrics;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.runtime.Registration;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Runs the operator in this JVM, with the shipped identity and RBAC, against a real API server and the simulator. */
public final class RunningOperator implements AutoCloseable {

    private final KubernetesClient kubernetes;
    private final CognitoConnection cognito;
    private final Operator operator;
    private final ReconcileGate gate = new ReconcileGate(true);
    private final Informers informers;
    private final UserPoolClientReconciler clients;
    private final ClusterUserPoolReconciler pools;
    private final ClientSecretClaimReconciler claims;
    private final CountedFailures failures = new CountedFailures();
    private final Passes passes = new Passes();
    private final AwsWaitLimit limit;

    static {
        // The simulator accepts any key. The SDK's default chain finds this one.
        System.setProperty("aws.accessKeyId", "AKIDOPERATOR");
        System.setProperty("aws.secretAccessKey", "unused");
    }

    /**
     * The settings of an operator under test.
     *
     * @param kubernetes the connection to the API server
     * @param http changes the HTTP client of that connection
     * @param quotas the quotas that the operator keeps
     * @param limit the limit of the reconciliations that wait for AWS
     * @param pageSize the number of objects per page of a list
     * @param namespaces the served namespaces; empty for all
     */
    public record SetUp(
            Config kubernetes,
            Consumer<HttpClient.Builder> http,
            OperatorSettings settings,
            Quotas quotas,
            AwsWaitLimit limit,
            InstantSource clock,
            long pageSize,
            Set<String> namespaces) {

        /** Uses these settings, no quotas, and the API server of this JVM. */
        public static SetUp of(OperatorSettings settings) {
            return of(settings, TestCluster.operatorConfig());
        }

        /** Uses these settings, no quotas, and another API server or another connection to it. */
        public static SetUp of(OperatorSettings settings, Config kubernetes) {
            return new SetUp(
                    kubernetes,
                    http -> {},
                    settings,
                    Quotas.UNLIMITED,
                    new AwsWaitLimit(),
                    Clock.systemUTC(),
                    Watches.PAGE_SIZE,
                    Set.of());
        }

        public SetUp withHttp(Consumer<HttpClient.Builder> other) {
            return new SetUp(kubernetes, other, settings, quotas, limit, clock, pageSize, namespaces);
        }

        public SetUp withQuotas(Quotas other) {
            return new SetUp(kubernetes, http, settings, other, limit, clock, pageSize, namespaces);
        }

        public SetUp withLimit(AwsWaitLimit other) {
            return new SetUp(kubernetes, http, settings, quotas, other, clock, pageSize, namespaces);
        }

        public SetUp withClock(InstantSource other) {
            return new SetUp(kubernetes, http, settings, quotas, limit, other, pageSize, namespaces);
        }

        public SetUp withPageSize(long other) {
            return new SetUp(kubernetes, http, settings, quotas, limit, clock, other, namespaces);
        }

        public SetUp withNamespaces(Set<String> other) {
            return new SetUp(kubernetes, http, settings, quotas, limit, clock, pageSize, other);
        }
    }

    private RunningOperator(URI endpoint, SetUp setUp) {
        limit = setUp.limit();
        informers = new Informers(setUp.pageSize(), setUp.namespaces());
        setUp.kubernetes().setUserAgent(Marks.FIELD_MANAGER);
        kubernetes = Clients.of(setUp.kubernetes(), setUp.http());
        InstantSource clock = setUp.clock();
        cognito = CognitoConnection.open(
                AwsConfiguration.DEFAULT.withEndpoint(endpoint).withQuotas(setUp.quotas()), CallListener.NONE, clock);
        operator = new RestingOperator(overrider -> {
            overrider
                    .withKubernetesClient(kubernetes)
                    .withExecutorService(new PassExecutor())
                    .withCloseClientOnStop(false)
                    .withResourceCloner(new MetadataCloner(kubernetes))
                    .withMetrics(new UnfailingMetrics(passes));
            Registration.retryLists(overrider);
        });
        PassAppClients calls = new PassAppClients(cognito.appClients(), limit);
        clients = new ClientReconcilerFactory(kubernetes, calls, informers, gate, setUp.settings(), failures, clock)
                .create();
        pools = PoolReconcilerFactory.create(kubernetes, calls, informers, gate, setUp.settings(), failures, clock);
        claims = ClaimReconcilerFactory.create(kubernetes, calls, informers, gate, setUp.settings(), failures, clock);
        Registration.register(operator, informers, clients, pools, claims);
        operator.start();
    }

    public static RunningOperator start(URI endpoint) {
        return start(endpoint, OperatorSettings.DEFAULT.withCreateSettlesAfter(Duration.ofSeconds(2)));
    }

    public static RunningOperator start(URI endpoint, OperatorSettings settings) {
        return start(endpoint, SetUp.of(settings));
    }

    public static RunningOperator start(URI endpoint, OperatorSettings settings, InstantSource clock) {
        return start(endpoint, SetUp.of(settings).withClock(clock));
    }

    public static RunningOperator start(URI endpoint, SetUp setUp) {
        return new RunningOperator(endpoint, setUp);
    }

    public Informers informers() {
        return informers;
    }

    public Passes passes() {
        return passes;
    }

    /** The failures that no condition could show. */
    public CountedFailures failures() {
        return failures;
    }

    /** The number of entries that the operator keeps about objects outside its caches. */
    public int remembered() {
        return clients.remembered()
                + pools.remembered()
                + claims.remembered()
                + informers.remembered()
                + limit.inside()
                + limit.outside();
    }

    /** Whether the operator's caches have this version of a client, a pool, a claim or a Secret. */
    public boolean hasSeen(HasMetadata object) {
        if (object instanceof Secret secret) {
            return isSame(
                    informers.secret(
                            secret.getMetadata().getNamespace(),
                            secret.getMetadata().getName()),
                    secret);
        }
        // The reconciliations of clients read the pools from another watch than those of pools.
        if (object instanceof ClusterUserPool
                && !isSame(informers.pool(object.getMetadata().getName()), object)) {
            return false;
        }
        return operator.getRegisteredControllers().stream()
                .map(Controller.class::cast)
                .filter(controller -> controller.getConfiguration().getResourceClass() == object.getClass())
                .anyMatch(controller -> hasSeen(controller, object));
    }

    /** Whether the operator's cache has this label of a namespace. */
    public boolean hasSeenLabel(String namespace, String label, String value) {
        return value.equals(
                informers.namespaceLabels(namespace).orElse(Map.of()).get(label));
    }

    private static <P extends HasMetadata> boolean hasSeen(Controller<P> controller, HasMetadata object) {
        return isSame(
                controller.getEventSourceManager().getControllerEventSource().get(ResourceID.fromResource(object)),
                object);
    }

    private static boolean isSame(Optional<? extends HasMetadata> cached, HasMetadata live) {
        return cached.map(found -> found.getMetadata().getResourceVersion())
                .filter(live.getMetadata().getResourceVersion()::equals)
                .isPresent();
    }

    /** Whether no reconciliation is in flight. */
    public boolean isIdle() {
        try {
            return gate.awaitIdle(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public ReconcileGate gate() {
        return gate;
    }

    /** Stops the threads of an operator that cannot reach any server any more. Does not wait. */
    public void abandon() {
        gate.lose();
        Thread.ofVirtual().name("abandoned-operator").start(() -> {
            operator.stop();
            cognito.close();
            kubernetes.close();
        });
    }

    /** Stops the operator in order: reconciliations in flight can finish. */
    @Override
    public void close() {
        gate.stop();
        cognito.cancelWaitingCalls();
        awaitIdle();
        operator.stop();
        cognito.close();
        kubernetes.close();
    }

    /** Waits for reconciliations in flight as long as the shipped operator does. */
    private void awaitIdle() {
        try {
            gate.awaitIdle(Duration.ofSeconds(15));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
