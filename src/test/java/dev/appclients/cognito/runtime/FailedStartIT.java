package dev.appclients.cognito.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.controlplane.TestCluster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that cannot succeed is one line for the person who reads it at night, and an exit code for Kubernetes. */
class FailedStartIT {

    @TempDir
    private Path directory;

    @Test
    void aTokenThatTheApiServerDoesNotAcceptIsOneLineAndAnExitCode() throws IOException {
        Path wrong = Files.writeString(
                directory.resolve("wrong.kubeconfig"),
                Files.readString(TestCluster.operatorKubeconfig()).replaceAll("token: \"[^\"]*\"", "token: \"wrong\""));

        try (PackagedOperator operator = PackagedOperator.start(
                directory, "stranger", URI.create("http://127.0.0.1:9"), Map.of("KUBECONFIG", wrong.toString()))) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !operator.handle().isAlive());

            assertThat(operator.messages("ERROR"))
                    .singleElement()
                    .asString()
                    .startsWith("Cannot start: the API server https://127.0.0.1:")
                    .endsWith("does not accept the token of this service account");
            assertThat(operator.lines()).noneMatch(line -> line.has("exception"));
        }
    }
}
