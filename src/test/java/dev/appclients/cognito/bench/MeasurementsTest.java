package dev.appclients.cognito.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures are derived from logs and from the output of processes. */
class MeasurementsTest {

    private static final Instant BEGIN = Instant.parse("2026-11-28T12:00:00Z");

    @Test
    void theLongestLeaseGapIsBetweenTwoRenewalsOrAfterTheLastOne() {
        List<Instant> renewals = List.of(BEGIN.plusSeconds(4), BEGIN.plusSeconds(6), BEGIN.plusSeconds(9));

        assertThat(AuditLog.longestGap(BEGIN, renewals, BEGIN.plusSeconds(10))).isEqualTo(Duration.ofSeconds(3));
        assertThat(AuditLog.longestGap(BEGIN, renewals, BEGIN.plusSeconds(30))).isEqualTo(Duration.ofSeconds(21));
    }

    @Test
    void aLeaseThatIsNeverRenewedHasAGapOfTheWholeTime() {
        assertThat(AuditLog.longestGap(BEGIN, List.of(), BEGIN.plusSeconds(30))).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void theLiveHeapExcludesFillerObjectsOfTheCollector() {
        String histogram = """
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:           100           3000  [B (java.base@25)
                   2:            10            500  [Ljdk.internal.vm.FillerElement; (java.base@25)
                   3:             5            200  jdk.internal.vm.FillerObject (java.base@25)
                   4:             2             48  java.lang.String (java.base@25)
                Total           117           3748
                """;

        assertThat(LiveHeap.parse(histogram)).isEqualTo(3048);
    }

    @Test
    void aProcessThatPrintsNoHistogramIsAnError() {
        assertThatThrownBy(() -> LiveHeap.parse("Unable to open socket file"))
                .hasMessageContaining("Unable to open socket file");
    }

    @Test
    void theLiveHeapOfAProcessIsMeasured() {
        assertThat(LiveHeap.bytes(ProcessHandle.current().pid())).isGreaterThan(1 << 20);
    }

    @Test
    void theShareOfTheCeilingIsTheRateDividedByTheRateThatOtherProcessesAllow() {
        // The other processes take 40 ms per client, so two cores allow at most 50 clients per second.
        Cpu cpu = new Cpu(Duration.ofSeconds(13), Duration.ofSeconds(36), Duration.ofSeconds(3), Duration.ofSeconds(1));

        assertThat(cpu.shareOfCeiling(1_000, Duration.ofSeconds(25), 2)).isCloseTo(0.8, within(1e-9));
        assertThat(cpu.ratio()).isCloseTo(13.0 / 36, within(1e-9));
    }

    @Test
    void problemsInTheLogAreCountedSinceTheLastForget(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("operator.log");
        Files.writeString(file, "{\"level\":\"ERROR\",\"message\":\"before\"}\n");
        OperatorLog log = new OperatorLog(file);
        Files.writeString(file, """
                {"level":"ERROR","message":"before"}
                {"level":"INFO","message":"begins"}
                {"level":"WARN","message":"Restored Secret a"}
                {"level":"WARN","message":"slow"}
                {"level":"ERROR","message":"lost the lease"}
                Terminating due to java.lang.OutOfMemoryError: Java heap space
                NOTE: Picked up JDK_JAVA_OPTIONS: -Xmx96m
                [0.3s][warning][aot] Failed to link
                """);

        OperatorLog.Problems found = log.problems("Restored Secret ");

        assertThat(found.expected()).isEqualTo(1);
        assertThat(found.warnings()).isEqualTo(1);
        assertThat(found.errors()).isEqualTo(2);
        assertThat(found.first())
                .containsExactly(
                        "WARN slow",
                        "ERROR lost the lease",
                        "Terminating due to java.lang.OutOfMemoryError: Java heap space");
    }

    @Test
    void moreExpectedWarningsThanClientsAreProblems() {
        OperatorLog.Problems found = new OperatorLog.Problems(12, 0, 0, List.of());

        assertThat(Figures.problems("flood", found, 12).value()).isZero();
        assertThat(Figures.problems("flood", found, 10).value()).isEqualTo(2);
    }
}
