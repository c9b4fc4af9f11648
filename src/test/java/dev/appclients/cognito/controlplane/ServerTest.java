package dev.appclients.cognito.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {

    @TempDir
    Path directory;

    @Test
    void aServerThatEndsBeforeItIsReadyReportsTheEndOfItsLog() {
        try (Server server = start("echo the disk is full; exit 3")) {
            assertThatThrownBy(() -> server.awaitUntil("it listens", Duration.ofSeconds(10), () -> false))
                    .hasMessageContaining("thing ended with code 3 before it listens")
                    .hasMessageContaining("the disk is full");
        }
    }

    @Test
    void aSlowServerIsDistinguishedFromAnEndedOne() {
        try (Server server = start("exec sleep 60")) {
            assertThatThrownBy(() -> server.awaitUntil("it listens", Duration.ofMillis(200), () -> false))
                    .hasMessageContaining("thing is running, but not yet after");
        }
    }

    @Test
    void aPortInUseIsDetectedInTheLogOfTheEndedProcess() {
        try (Server server = start("echo 'listen tcp 127.0.0.1:1: bind: address already in use'; exit 1")) {
            assertThatThrownBy(() -> server.awaitUntil("it listens", Duration.ofSeconds(10), () -> false));
            assertThat(server.portWasTaken()).isTrue();
        }
    }

    @Test
    void theLedgerEndsRecordedProcessesAlsoFromAnotherProcess() {
        try (Server server = start("exec sleep 60")) {
            new ProcessLedger(directory.resolve("processes")).add("thing", server.handle());

            assertThat(new ProcessLedger(directory.resolve("processes")).endAll())
                    .containsExactly("thing");

            // The process has ended. This JVM, its parent, may notice it later.
            await().until(() -> !server.handle().isAlive());
            assertThat(new ProcessLedger(directory.resolve("processes")).endAll())
                    .isEmpty();
        }
    }

    @Test
    void theLedgerDoesNotEndAProcessWithTheSamePidAndAnotherStartTime() {
        try (Server server = start("exec sleep 60")) {
            var impostor = new ProcessLedger.Entry("thing", server.handle().pid(), Instant.EPOCH);

            assertThat(impostor.live()).isEmpty();
            assertThat(new ProcessLedger(directory.resolve("processes")).end(impostor))
                    .isFalse();
            assertThat(server.handle().isAlive()).isTrue();
        }
    }

    private Server start(String script) {
        return Server.start("thing", List.of("sh", "-c", script), environment -> {}, directory.resolve("thing.log"));
    }
}
