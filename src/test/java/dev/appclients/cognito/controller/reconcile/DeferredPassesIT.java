package dev.appclients.cognito.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks the limit of reconciliations that wait for AWS, with more clients than places. */
class DeferredPassesIT {

    private static final int COUNT = 60;

    /** Twenty creates per second. */
    private static final Quotas QUICK = new Quotas(0.8, 30, 30, 30, 40, 25, 600);

    /** One create per second, so that most clients wait until the end of a test, also on a slow machine. */
    private static final Quotas SLOW = new Quotas(0.8, 30, 30, 30, 40, 1.25, 600);

    private final Stage stage = Stage.withoutOperator(Stage.SETTINGS);
    private final Crowd crowd = new Crowd(stage.admin(), stage.namespace() + "-crowd");
    private final AwsWaitLimit limit = new AwsWaitLimit(8);
    private RunningOperator operator;

    /** Starts the operator, and returns when most clients wait. */
    private void open(Quotas quotas) {
        operator = RunningOperator.start(
                stage.simulator().endpoint(),
                RunningOperator.SetUp.of(Stage.SETTINGS).withQuotas(quotas).withLimit(limit));
        stage.applyPool();
        stage.awaitPool(Stage.POOL, "Ready", "True", "Synced");
        Fault creates =
                stage.simulator().faults().on("CreateUserPoolClient").always().pause();
        crowd.create(COUNT, client -> {});
        await().atMost(Stage.PATIENCE).until(() -> limit.outside() > COUNT / 3);
        creates.remove();
    }

    @AfterEach
    void close() {
        if (operator != null) {
            operator.close();
        }
        crowd.close();
        stage.close();
    }

    @Test
    void allClientsAreCreatedWithOneCallEachWithinTheLimit() {
        open(QUICK);

        await().atMost(Stage.PATIENCE).until(() -> {
            assertThat(limit.inside()).isLessThanOrEqualTo(8);
            return crowd.ready() == COUNT;
        });

        assertThat(stage.simulator().journal().of("CreateUserPoolClient")).hasSize(COUNT);
        assertThat(stage.cognito()).hasSize(COUNT);
        await().atMost(Stage.PATIENCE).until(() -> limit.inside() + limit.outside() == 0);
    }

    @Test
    void theFirstClientOfAnotherNamespaceIsNotDelayed() {
        open(SLOW);
        Instant applied = Instant.now();
        stage.applyClient("first");
        stage.awaitReady("first");
        Duration took = Duration.between(applied, Instant.now());

        System.out.printf("%d clients outside: another namespace's first is Ready after %s%n", limit.outside(), took);
        assertThat(limit.outside()).as("others still wait").isPositive();
        assertThat(crowd.ready()).isLessThan(COUNT);
    }

    @Test
    void aWaitingObjectThatIsDeletedGivesUpItsPlace() {
        open(QUICK);
        crowd.all().forEach(client -> stage.admin().resource(client).delete());

        await().atMost(Stage.PATIENCE).until(() -> crowd.all().isEmpty());
        await().atMost(Stage.PATIENCE).until(() -> limit.inside() + limit.outside() == 0);
        assertThat(stage.cognito()).isEmpty();
    }

    @Test
    void aPauseOfAWaitingObjectIsReportedImmediately() {
        open(SLOW);
        String last = crowd.all().stream()
                .filter(client -> client.getStatus() == null
                        || client.getStatus().conditions() == null
                        || client.getStatus().conditions().isEmpty())
                .reduce((one, other) -> other)
                .orElseThrow()
                .getMetadata()
                .getName();
        crowd.annotate(last, Annotations.PAUSED, "true");

        await().atMost(Stage.PATIENCE)
                .until(() -> crowd.all().stream()
                        .filter(client -> client.getMetadata().getName().equals(last))
                        .anyMatch(client -> client.getStatus() != null
                                && client.getStatus().conditions() != null
                                && client.getStatus().conditions().stream()
                                        .anyMatch(condition ->
                                                condition.getReason().equals("Paused"))));
        assertThat(limit.outside()).as("others still wait").isPositive();
    }
}
