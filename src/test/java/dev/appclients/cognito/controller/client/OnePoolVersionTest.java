package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolStatus;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.TestClock;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.cluster.Outputs;
import dev.appclients.cognito.controller.cluster.PoolReadings;
import dev.appclients.cognito.controller.cluster.PoolUnread;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.PoolContents;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.plan.Observation;
import dev.appclients.cognito.plan.Ownership;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A ClusterUserPool changes in the middle of a reconciliation. */
class OnePoolVersionTest {

    private static final String CLIENT_ID = "3abcdefghijklmnopqrstuvwxy";
    private static final PoolFacts FACTS = new PoolFacts(
            new PoolArn(Intents.POOL_ARN),
            "https://issuer",
            null,
            "ESSENTIALS",
            PoolAttributes.of(Set.of(), Set.of(), Set.of()));

    private final TestClock clock = new TestClock();
    private final UserPoolClient client = Serialization.unmarshal("""
            apiVersion: cognito.appclients.dev/v1beta1
            kind: UserPoolClient
            metadata:
              name: web
              namespace: shop
              uid: 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0
              generation: 1
              creationTimestamp: "2026-01-02T03:04:05Z"
            spec: {userPoolRef: {name: customers}, appType: Confidential}
            status: {clientId: %s}
            """.formatted(CLIENT_ID), UserPoolClient.class);

    private ClusterUserPool cached = pool(1, "Trusted", "{from: All}", "[]");
    private int poolReads;

    private final KubernetesView kubernetes = fake(KubernetesView.class, method -> switch (method) {
        case "pool" -> {
            poolReads++;
            yield Optional.of(cached);
        }
        case "pools" -> List.of(cached);
        case "namespaceLabels" -> Optional.of(Map.of());
        case "client" -> Optional.of(client);
        default -> Optional.empty();
    });
    private final PoolReadings readings = new PoolReadings(pool -> {}, waiting -> {});
    private final ClientOwnership clientOwnership = new ClientOwnership(kubernetes);
    private final Guard guard = new Guard(kubernetes, clientOwnership, readings);
    private final CreateHistory creates = new CreateHistory(Duration.ofMinutes(1), clock, System::nanoTime);
    private final KnownClients known =
            new KnownClients(creates, new OwnSecrets(Outputs.secrets(kubernetes), null, null, null));
    private final PassState pass = PassState.from(client);
    private ReconcileInput input;

    /** The new version denies the namespace and lists the app client for adoption. The pool changes during a call to Cognito. */
    @Test
    void everyStepJudgesTheVersionThatTheReconciliationBeganWith() {
        readings.recordRead(cached, FACTS);
        input = ReconcileInput.of(client, null, guard.admit(client, pass));
        ClientObserver observer = observer();

        Observation observed = observer.observe(input, pass, SecretNeed.VALUE);

        assertThat(cached.getMetadata().getGeneration()).isEqualTo(2);
        assertThat(observed)
                .isInstanceOfSatisfying(
                        Observation.Present.class,
                        present -> assertThat(present.ownership()).isEqualTo(Ownership.OWN));
        assertThatCode(() -> guard.requireAllowedObservation(
                        input, pass, input.desired().settings()))
                .doesNotThrowAnyException();
        assertThatCode(() -> guard.requireConfirmedFacts(input)).doesNotThrowAnyException();
        PoolContents contents = PoolContents.of(FACTS);
        assertThat(input.visible(contents)).isEqualTo(contents);
        assertThat(poolReads).as("reads of the pool from the cache").isOne();
    }

    /** Another writer forged the pool's status before the operator started, and the read that finds it out ends in between. */
    @Test
    void factsThatTheStatusClaimedAreNotConfirmedByAReadOfOthers() {
        cached.setStatus(Serialization.unmarshal("""
                userPoolARN: %s
                issuer: https://forged
                tier: ESSENTIALS
                """.formatted(Intents.POOL_ARN), ClusterUserPoolStatus.class));
        input = ReconcileInput.of(client, null, guard.admit(client, pass));
        assertThat(input.pool().facts().issuer()).isEqualTo("https://forged");

        readings.recordRead(cached, FACTS);

        assertThatThrownBy(() -> guard.requireConfirmedFacts(input))
                .isInstanceOfSatisfying(
                        PoolUnread.class,
                        unread -> assertThat(unread.isOvertaken()).isTrue());
        input = ReconcileInput.of(client, null, guard.admit(client, pass));
        assertThatCode(() -> guard.requireConfirmedFacts(input)).doesNotThrowAnyException();
    }

    @Test
    void theCheckRightBeforeACallJudgesTheNewVersion() {
        readings.recordRead(cached, FACTS);
        input = ReconcileInput.of(client, null, guard.admit(client, pass));
        FreshnessCheck freshness = new FreshnessCheck(kubernetes, guard, () -> true);
        assertThat(freshness.isCurrent(input)).isTrue();

        change();

        assertThat(freshness.isCurrent(input)).isFalse();
    }

    private ClientObserver observer() {
        CheckMemory checkMemory = new CheckMemory(clock, new Random(1));
        AppClients cognito = fake(AppClients.class, method -> {
            change();
            return new AppClient(
                    new PoolId(Stage.POOL_ID), CLIENT_ID, input.desired().settings(), new ClientSecret("secret"));
        });
        PreflightCheck preflight = new PreflightCheck(
                new PoolCompatibility(cognito, clock),
                new HeldRefusals(checkMemory, clientOwnership, new Informers().roomTries()));
        return new ClientObserver(
                cognito,
                clientOwnership,
                new ListedSecrets(cognito, new Informers()),
                checkMemory,
                preflight,
                creates,
                known,
                OperatorSettings.DEFAULT,
                clock);
    }

    private void change() {
        cached = pool(
                2,
                "Tomorrow",
                "{from: Names, names: [bank]}",
                "[{clientId: %s, namespaces: {from: All}, modes: [Manage]}]".formatted(CLIENT_ID));
    }

    private static ClusterUserPool pool(int generation, String tenancy, String namespaces, String adoption) {
        return Serialization.unmarshal(
                """
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClusterUserPool
                metadata:
                  name: customers
                  uid: 3c1d8f52-3a0e-4b57-8a55-6d0f4d1a7e10
                  generation: %d
                  creationTimestamp: "2026-01-01T00:00:00Z"
                spec:
                  userPoolId: %s
                  aws: {identity: Operator}
                  tenancy: %s
                  namespaces: %s
                  adoption: %s
                """.formatted(generation, Stage.POOL_ID, tenancy, namespaces, adoption), ClusterUserPool.class);
    }

    private interface Answers {
        Object to(String method);
    }

    private static <T> T fake(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.to(method.getName())));
    }
}
