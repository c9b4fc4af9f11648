package dev.appclients.cognito.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.simulator.JournalEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas of the packaged operator: one leads, and the other takes over when the first stops or crashes. */
class TwoReplicasIT {

    /** The kubelet kills a pod after this time. */
    private static final Duration GRACE_PERIOD = Duration.ofSeconds(30);

    private final Stage stage = Stage.withoutOperator(Stage.SETTINGS);

    @TempDir
    private Path logs;

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void oneLeadsAndTheOtherTakesOverAfterSigkillAndAfterSigterm() {
        try (PackagedOperator first = start("first").awaitStarted().awaitLeading();
                PackagedOperator second = start("second").awaitStarted()) {
            stage.applyPool();
            stage.applyClient("one");
            stage.awaitReady("one");
            assertThat(second.get("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(second.get("/q/health/ready").statusCode()).isEqualTo(200);
            assertThat(callers())
                    .as("a replica that does not lead calls nothing")
                    .containsExactly(callerOf("first"));

            first.kill();
            stage.applyClient("two");
            stage.awaitReady("two");
            assertThat(callers()).containsExactlyInAnyOrder(callerOf("first"), callerOf("second"));

            try (PackagedOperator third = start("third").awaitStarted()) {
                second.terminate();
                // The framework's own leader election hangs here until SIGKILL.
                await().atMost(GRACE_PERIOD).until(() -> !second.handle().isAlive());
                stage.applyClient("three");
                stage.awaitReady("three");
                assertThat(callers()).contains(callerOf("third"));
                assertThat(third.messages("ERROR")).isEmpty();
            }
            assertThat(second.messages("ERROR")).isEmpty();
            // When two replicas acquire the lease at the same time, one gets a conflict and retries.
            assertThat(second.messages("WARN")).allMatch(message -> message.contains("while acquiring lock"));
        }
        assertThat(stage.simulator().journal().of("CreateUserPoolClient")).hasSize(3);
    }

    private PackagedOperator start(String name) {
        return PackagedOperator.start(logs, name, stage.simulator().endpoint(), Map.of());
    }

    private Set<String> callers() {
        return stage.simulator().journal().entries().stream()
                .map(JournalEntry::caller)
                .collect(Collectors.toSet());
    }

    private static String callerOf(String replica) {
        return "arn:aws:iam::123456789012:user/AKID" + replica.toUpperCase(Locale.ROOT);
    }
}
