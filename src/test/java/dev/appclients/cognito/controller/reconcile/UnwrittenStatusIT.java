package dev.appclients.cognito.controller.reconcile;

import static dev.appclients.cognito.controller.Stage.POOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.controller.CapturedLog;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.reconcile.PassListener.NotWritten;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API server refuses the status of one object for a time: the operator logs it, backs off, and writes the status later. */
class UnwrittenStatusIT {

    /** The time in which calls are counted. Without back-off the operator reconciles twice a second. */
    private static final Duration WATCHED = Duration.ofSeconds(6);

    /** Half of the calls without back-off. */
    private static final int MOST_CALLS = 6;

    private final CapturedLog log = CapturedLog.begin();
    private Stage stage;
    private RunningOperator operator;

    @BeforeEach
    void open() {
        stage = Stage.withoutOperator(Stage.SETTINGS);
        operator = stage.startOperator();
        stage.applyPool();
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.forgetCalls();
    }

    @AfterEach
    void close() {
        log.close();
        stage.close();
    }

    @Test
    void aClientWhoseStatusIsRefusedBacksOffAndIsReportedLater() {
        try (var refused = RefusedStatuses.of(stage, stage.client("web"))) {
            stage.applyClient("web", "appType: Confidential\naccessTokenValidity: 30m");

            awaitFailures(ControllerNames.CLIENTS, 3);
            stage.eventually()
                    .untilAsserted(
                            () -> assertThat(log.warnings()).anyMatch(line -> line.contains(RefusedStatuses.WORDS)));
            assertThat(callsWithin(WATCHED)).as("calls").isLessThan(MOST_CALLS);
        }

        stage.awaitReady("web");
        assertThat(stage.inCognito("web", "AccessTokenValidity")).isEqualTo("30");
        assertThat(stage.calls())
                .as("one update, before the status was accepted")
                .doesNotContain("UpdateUserPoolClient");
    }

    @Test
    void aClientThatFailedMeanwhileIsAnnouncedOnceWhenItsStatusIsWritten() {
        try (var refused = RefusedStatuses.of(stage, stage.client("web"))) {
            stage.annotate("web", Annotations.PAUSED, "true");
            awaitFailures(ControllerNames.CLIENTS, 2);
            stage.applyPool(POOL, "namespaces: {from: Names, names: [elsewhere]}");
            stage.removeAnnotation("web", Annotations.PAUSED);
            awaitFailures(ControllerNames.CLIENTS, 2);
            assertThat(stage.events("web")).isEmpty();
        }

        stage.awaitCondition("web", "Ready", "False", "NamespaceNotAllowed");
        stage.awaitEvents("web", "NamespaceNotAllowed");
        stage.eventually()
                .untilAsserted(() -> assertThat(log.warnings())
                        .filteredOn(line -> line.contains("NamespaceNotAllowed:"))
                        .hasSize(1));
    }

    @Test
    void noClientIsCreatedWithoutAnIntentAndOneIsCreatedAfterIt() {
        stage.stopOperator();
        stage.applyClient("new");
        try (var refused = RefusedStatuses.of(stage, stage.client("new"))) {
            operator = stage.startOperator();
            awaitFailures(ControllerNames.CLIENTS, 3);
            assertThat(stage.calls()).doesNotContain("CreateUserPoolClient");
        }

        stage.awaitReady("new");
        assertThat(stage.calls()).containsOnlyOnce("CreateUserPoolClient");
    }

    @Test
    void aDeletionWhoseStatusIsRefusedBacksOffAndEnds() {
        var denied = stage.simulator()
                .faults()
                .on("DescribeUserPoolClient")
                .always()
                .failBeforeCommit("InternalErrorException", 500, "Later.");
        try (var refused = RefusedStatuses.of(stage, stage.client("web"))) {
            stage.delete("web");

            awaitFailures(ControllerNames.CLIENTS, 3);
            assertThat(callsWithin(WATCHED)).as("calls").isLessThan(MOST_CALLS);
        }
        denied.remove();

        stage.awaitGone("web");
    }

    @Test
    void aPoolWhoseStatusIsRefusedIsNotReadDuringTheBackOffWhateverTheEvents() {
        try (var refused = RefusedStatuses.of(stage, stage.pool())) {
            stage.annotatePool(POOL, Annotations.RECONCILE_REQUESTED_AT, "now");

            awaitFailures(ControllerNames.POOLS, 3);
            for (int i = 0; i < 20; i++) {
                stage.applyClient("more-" + i);
            }
            assertThat(callsOf("DescribeUserPool", WATCHED)).isLessThan(MOST_CALLS);
            stage.eventually()
                    .untilAsserted(
                            () -> assertThat(log.warnings()).anyMatch(line -> line.contains(RefusedStatuses.WORDS)));
        }

        stage.eventually()
                .untilAsserted(() -> assertThat(stage.pool().getStatus().lastHandledReconcileAt())
                        .isEqualTo("now"));
    }

    private void awaitFailures(String controller, int more) {
        int before = operator.failures().notWritten(controller, NotWritten.FAILED);
        stage.eventually().until(() -> operator.failures().notWritten(controller, NotWritten.FAILED) >= before + more);
    }

    private int callsWithin(Duration time) {
        return callsOf("", time);
    }

    private int callsOf(String operation, Duration time) {
        stage.forgetCalls();
        long begun = System.nanoTime();
        await().atMost(time.plusSeconds(30)).until(() -> System.nanoTime() - begun > time.toNanos());
        return (int)
                stage.calls().stream().filter(each -> each.contains(operation)).count();
    }
}
