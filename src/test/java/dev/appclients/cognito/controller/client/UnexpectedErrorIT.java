package dev.appclients.cognito.controller.client;

import static dev.appclients.cognito.controller.Stage.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.CapturedLog;
import dev.appclients.cognito.controller.FailingClock;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.pool.PoolObserver;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.simulator.JournalEntry;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reconciliation ends with an unexpected error: the object is never Ready meanwhile, and recovers with the code. */
class UnexpectedErrorIT {

    private static final String SECRET = "hunter2";

    private final CapturedLog log = CapturedLog.begin();
    private final FailingClock clock = new FailingClock(Clock.systemUTC());
    private Stage stage;
    private RunningOperator operator;

    @BeforeEach
    void open() {
        stage = Stage.open(Stage.SETTINGS, clock);
        stage.stopOperator();
        operator = stage.startOperator();
        stage.applyClient("web");
        stage.awaitReady("web");
    }

    @AfterEach
    void close() {
        log.close();
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClientIsUnknownAndItsStatusOmitsTheTextOfTheError(boolean error) {
        stage.annotate("web", Annotations.PAUSED, "no");
        stage.awaitEvents("web", "Doubtful");
        clock.failIn(CheckMemory.class, error ? new AssertionError(SECRET) : new IllegalStateException(SECRET));
        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "now");

        Condition ready = stage.awaitCondition("web", "Ready", "Unknown", "UnexpectedError");
        assertThat(stage.condition("web", "Reconciling")).isPresent();
        assertThat(stage.status("web").toString()).doesNotContain(SECRET);
        assertThat(ready.getMessage()).contains("operator's log");
        stage.eventually()
                .until(() -> log.stackTraces().stream().anyMatch(thrown -> SECRET.equals(thrown.getMessage())));
        stage.eventually().until(() -> operator.failures().unexpected(ControllerNames.CLIENTS) >= 3);
        stage.awaitEvents("web", "Doubtful", "UnexpectedError");

        clock.work();

        stage.awaitReady("web");
        stage.awaitEvents("web", "Doubtful", "UnexpectedError", "Synced");
    }

    @Test
    void aDeletionReportsTheErrorAndEndsOnceTheErrorIsGone() {
        String id = Objects.requireNonNull(stage.status("web").clientId());
        stage.forgeStatus("web", status -> status.remove("clientId"));
        clock.failIn(ClientRelease.class, new IllegalStateException(SECRET));
        stage.delete("web");

        stage.awaitCondition("web", "Ready", "Unknown", "UnexpectedError");
        assertThat(stage.status("web").toString()).doesNotContain(SECRET);

        clock.work();

        stage.awaitGone("web");
        assertThat(stage.simulator().journal().of("DeleteUserPoolClient"))
                .extracting(JournalEntry::clientId)
                .containsExactly(id);
    }

    @Test
    void aPoolReportsTheErrorAndRecovers() {
        clock.failIn(PoolObserver.class, new IllegalStateException(SECRET));
        stage.annotatePool(POOL, Annotations.RECONCILE_REQUESTED_AT, "now");

        stage.awaitPool(POOL, "Ready", "Unknown", "UnexpectedError");
        assertThat(stage.pool().getStatus().toString()).doesNotContain(SECRET);
        stage.eventually().until(() -> operator.failures().unexpected(ControllerNames.POOLS) >= 2);

        clock.work();

        stage.awaitPool(POOL, "Ready", "True", "Synced");
    }
}
