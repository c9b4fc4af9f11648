package dev.appclients.cognito.controller.reconcile;

import static dev.appclients.cognito.controller.Stage.POOL_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.client.Intents;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.simulator.JournalEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many clients: interrupted creates, an outage for all of them, and many new clients in another namespace. */
class ManyAtOnceIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Raises the quotas, so that a test takes a tenth of the real time. */
    private static final double FASTER = 10;

    private static final Quotas QUOTAS =
            new Quotas(0.8, 15 * FASTER, 15 * FASTER, 15 * FASTER, 20 * FASTER, 5 * FASTER, 600 * FASTER);

    private static final double CREATES_PER_SECOND = 0.8 * 5 * FASTER;

    private final Stage stage = Stage.withoutOperator(Stage.SETTINGS);
    private final Crowd crowd = new Crowd(stage.admin(), stage.namespace() + "-crowd");
    private RunningOperator operator;

    @AfterEach
    void close() {
        if (operator != null) {
            operator.close();
        }
        crowd.close();
        stage.close();
    }

    @Test
    void interruptedCreatesAreRecoveredWithAFewListingsInsteadOfOneEach() {
        String since = Instant.now().minus(Duration.ofMinutes(10)).toString();
        AtomicInteger number = new AtomicInteger();
        stage.applyPool();
        crowd.create(150, client -> {
            writeIntent(client, since);
            // Every tenth create succeeded, but its answer was lost.
            if (number.incrementAndGet() % 10 == 0) {
                stage.simulator()
                        .createForeignClient(
                                POOL_ID,
                                client.getMetadata().getName()
                                        + ClientName.suffix(client.getMetadata().getUid()));
            }
        });
        assertThat(stage.simulator().clients(POOL_ID)).hasSize(15);

        operator = RunningOperator.start(
                stage.simulator().endpoint(),
                RunningOperator.SetUp.of(Stage.SETTINGS).withQuotas(QUOTAS));

        await().atMost(PATIENCE).until(() -> stage.simulator().clients(POOL_ID).size() == 150);
        awaitReady(150);
        System.out.printf("150 interrupted creates: %d calls of ListUserPoolClients%n", calls("ListUserPoolClients"));
        assertThat(calls("ListUserPoolClients"))
                .as("list calls; a busy machine spreads the reconciliations")
                .isLessThan(40);
        assertThat(calls("CreateUserPoolClient")).isEqualTo(135);
        assertThat(stage.simulator().clients(POOL_ID)).hasSize(150);
    }

    @Test
    void anOutageCausesFewCallsAndAllClientsAreReadyAfterIt() {
        int count = 200;
        Duration outage = Duration.ofSeconds(12);
        stage.simulator().quotas().on();
        stage.simulator().quotas().scale(FASTER);
        stage.applyPool();
        startWithQuotas();
        var fault = stage.simulator().faults().on("*").always().failBeforeCommit("ServiceUnavailable", 503, "Later.");
        crowd.create(count, client -> {});
        await().atMost(PATIENCE).until(() -> fault.hits() > 0);
        stage.simulator().journal().clear();
        long begun = System.nanoTime();
        await().atMost(PATIENCE).until(() -> System.nanoTime() - begun > outage.toNanos());

        int during = stage.simulator().journal().size();
        stage.simulator().faults().clear();
        stage.simulator().journal().clear();
        Instant cleared = stage.simulator().clock().instant();
        long over = System.nanoTime();
        awaitReady(count);
        double took = (System.nanoTime() - over) / 1e9;

        System.out.printf(
                "outage of %d s with %d clients: %d calls during it, %d after it, all Ready %.1f s after its end"
                        + " (floor %.1f s)%n",
                outage.toSeconds(),
                count,
                during,
                stage.simulator().journal().size(),
                took,
                count / CREATES_PER_SECOND);
        assertThat(took).isLessThan(count / CREATES_PER_SECOND + 60);
        assertThat(during)
                .as("calls during the outage; the full budget would be hundreds")
                .isLessThan(60);
        assertThat(stage.simulator().journal().size()).isLessThan(count + 50);
        // A call that the fault has hit may end later.
        assertThat(stage.simulator().journal().entries(entry -> entry.time().isAfter(cleared)))
                .extracting(JournalEntry::outcome)
                .containsOnly(JournalEntry.OK);
        assertThat(stage.simulator().clients(POOL_ID)).hasSize(count);
    }

    @Test
    void hundredsOfNewClientsInOneNamespaceDoNotDelayTheFirstOfAnother() {
        stage.simulator().quotas().on();
        stage.applyPool();
        operator = RunningOperator.start(
                stage.simulator().endpoint(),
                RunningOperator.SetUp.of(Stage.SETTINGS).withQuotas(Quotas.DEFAULT));
        stage.eventually().until(() -> stage.pool().getStatus().userPoolARN() != null);
        crowd.create(300, client -> {});
        await().atMost(PATIENCE).until(() -> calls("CreateUserPoolClient") > 4);

        long applied = System.nanoTime();
        stage.applyClient("first");
        stage.awaitReady("first");
        Duration took = Duration.ofNanos(System.nanoTime() - applied);

        System.out.printf("300 clients before it in another namespace: Ready after %d ms%n", took.toMillis());
        assertThat(crowd.ready()).as("the others still wait").isLessThan(300);
        // The simulation in virtual time asserts three seconds. Here, the load of the machine adds to it.
        assertThat(took).isLessThan(Duration.ofSeconds(20));
    }

    private void startWithQuotas() {
        operator = RunningOperator.start(
                stage.simulator().endpoint(),
                RunningOperator.SetUp.of(Stage.SETTINGS).withQuotas(QUOTAS));
        stage.eventually().until(() -> stage.pool().getStatus().userPoolARN() != null);
    }

    private void awaitReady(int count) {
        await().atMost(PATIENCE)
                .pollInterval(1, TimeUnit.SECONDS)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(crowd.ready()).isEqualTo(count));
    }

    private long calls(String operation) {
        return stage.simulator().journal().of(operation).size();
    }

    /** Writes the intent as the operator does. */
    private void writeIntent(UserPoolClient client, String since) {
        UserPoolClient intent = new UserPoolClient();
        intent.setMetadata(new ObjectMetaBuilder()
                .withName(client.getMetadata().getName())
                .withNamespace(client.getMetadata().getNamespace())
                .build());
        intent.setStatus(Intents.status(client, since));
        stage.admin()
                .resource(intent)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(Marks.FIELD_MANAGER)
                        .withForce(true)
                        .build());
    }
}
