package dev.appclients.cognito.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controlplane.Binaries;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A short {@code make soak} with a fixed seed. */
class SoakIT {

    private static final SoakOptions SHORT = SoakOptions.of(42)
            .lasting(Duration.ofMinutes(5))
            .withClients(30)
            .withSteps(240)
            .pausing(Duration.ofMillis(40))
            .withProcessEvery(6)
            .requestingReconciles(true)
            .withQuiet(Duration.ofSeconds(2));

    @Test
    void afterEditsFaultsAndCrashesEveryObjectIsReadyOrReportsWhyAndCallsStop() {
        var output = new ByteArrayOutputStream();
        var log = new OperationLog(Binaries.project().resolve("target/soak/short.log"));
        try (Soak soak = new Soak(SHORT, log, new PrintStream(output, true, StandardCharsets.UTF_8))) {
            List<Finding> findings = soak.run();
            soak.report();
            assertThat(findings).as(output.toString(StandardCharsets.UTF_8)).isEmpty();
        }
    }
}
