package dev.appclients.cognito.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client's secret is in the data of the Secret and nowhere else, also with debug logs. */
class SecrecyIT {

    private final Stage stage = Stage.withoutOperator(Stage.SETTINGS);

    @TempDir
    private Path logs;

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void noSecretValueIsInLogsMetricsEventsOrStatus() {
        try (PackagedOperator operator = PackagedOperator.start(
                        logs,
                        "debug",
                        stage.simulator().endpoint(),
                        Map.of(
                                "QUARKUS_LOG_LEVEL", "DEBUG",
                                "QUARKUS_LOG_CATEGORY__DEV_APPCLIENTS__LEVEL", "TRACE"))
                .awaitStarted()
                .awaitLeading()) {
            stage.applyPool();
            stage.applyClient("web");
            stage.awaitReady("web");
            String secret = stage.data("web").get("client-secret");
            // The operator handles the value in a create, in an update, and when it restores a deleted Secret.
            stage.applyClient("web", "appType: Confidential\naccessTokenValidity: 30m");
            stage.awaitReady("web");
            stage.deleteSecret("web");
            stage.eventually().until(() -> secret.equals(stage.data("web").get("client-secret")));
            stage.awaitReady("web");

            List<String> forms = List.of(
                    secret,
                    Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)),
                    // A dump of the bytes of a request breaks the value into lines.
                    secret.substring(0, 16));
            String log = operator.text();
            assertThat(log).as("debug logs").contains("\"level\":\"DEBUG\"");
            assertThat(Stream.of(
                            log,
                            operator.get("/q/metrics").body(),
                            operator.get("/q/health").body(),
                            Serialization.asYaml(stage.client("web")),
                            Serialization.asYaml(stage.eventsAbout("web"))))
                    .noneMatch(text -> forms.stream().anyMatch(text::contains));
        }
    }
}
