package dev.appclients.cognito.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void aPhaseIsRepeatedUntilItEnds() {
        try (Progress progress = new Progress(out, Duration.ofMillis(20))) {
            progress.begin("starting the operator");
            await().atMost(Duration.ofSeconds(60)).until(() -> count("starting the operator") >= 3);
            progress.say("the operator is ready");
            long repeated = count("starting the operator");
            progress.say("first");
            await().during(Duration.ofMillis(100)).until(() -> count("starting the operator") == repeated);
        }
        assertThat(written.toString(StandardCharsets.UTF_8).lines().toList().getLast())
                .matches(" *\\d+\\.\\d s  first");
    }

    private long count(String text) {
        return written.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.endsWith(text))
                .count();
    }
}
