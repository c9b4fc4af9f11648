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

/** The client's secret as a canary: with all logging turned up, it is in the Secret's data and nowhere else. */
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
                        "talkative",
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
            // Every way on which the value travels: create, update, and the restore of a Secret that somebody deleted.
            stage.applyClient("web", "appType: Confidential\naccessTokenValidity: 30m");
            stage.awaitReady("web");
            stage.deleteSecret("web");
            stage.eventually().until(() -> secret.equals(stage.data("web").get("client-secret")));
            stage.awaitReady("web");

            List<String> forms = List.of(
                    secret,
                    Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)),
                    // A dump of the bytes of a request would break the lines of the whole value.
                    secret.substring(0, 16));
            String log = operator.text();
            assertThat(log).as("all logging is turned up").contains("\"level\":\"DEBUG\"");
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
