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

/** A start that fails logs one line that says why, and ends with an exit code. */
class FailedStartIT {

    @TempDir
    private Path directory;

    @Test
    void aTokenThatTheApiServerRejectsIsLoggedInOneLineAndEndsTheProcess() throws IOException {
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

    @Test
    void everyInvalidValueIsLoggedInOneLineBeforeTheProcessEnds() {
        Map<String, String> wrong = Map.of(
                "COGNITO_CLIENT_OPERATOR_POOL_INTERVAL", "0s",
                "COGNITO_CLIENT_OPERATOR_CREATE_SETTLES_AFTER", "8s",
                "COGNITO_CLIENT_OPERATOR_LEASE_DURATION", "1s",
                "COGNITO_CLIENT_OPERATOR_QUOTA_SHARE", "much",
                "COGNITO_CLIENT_OPERATOR_WATCH_NAMESPACES", "shop,Team_C");

        try (PackagedOperator operator =
                PackagedOperator.start(directory, "unbounded", URI.create("http://127.0.0.1:9"), wrong)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !operator.handle().isAlive());

            assertThat(operator.messages("ERROR"))
                    .containsExactlyInAnyOrder(
                            "Cannot start: COGNITO_CLIENT_OPERATOR_POOL_INTERVAL is '0s'. It must be a duration from"
                                    + " 10s to 24h.",
                            "Cannot start: COGNITO_CLIENT_OPERATOR_CREATE_SETTLES_AFTER is '8s'. It must be a duration"
                                    + " from 10s to 1h.",
                            "Cannot start: COGNITO_CLIENT_OPERATOR_LEASE_DURATION is '1s'. It must be a duration from"
                                    + " 6s to 5m.",
                            "Cannot start: COGNITO_CLIENT_OPERATOR_QUOTA_SHARE is 'much'. It must be a number above 0"
                                    + " and at most 1.",
                            "Cannot start: COGNITO_CLIENT_OPERATOR_WATCH_NAMESPACES is 'shop,Team_C'. It must be names of"
                                    + " Namespaces, separated by commas.");
            assertThat(operator.lines()).noneMatch(line -> line.has("exception"));
            assertThat(operator.exitCode()).isEqualTo(1);
        }
    }
}
