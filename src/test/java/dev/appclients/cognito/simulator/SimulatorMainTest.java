package dev.appclients.cognito.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator as a separate process. */
class SimulatorMainTest {

    @TempDir
    private Path directory;

    @Test
    void theProcessWritesItsAddressServesTheDemoAndEndsOnSigterm() throws Exception {
        var file = directory.resolve("sub/port");
        var process = start("--port", "0", "--seed", "demo", "--port-file", file.toString());
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(file));
            var address = Files.readString(file);
            assertThat(address).matches("http://127\\.0\\.0\\.1:\\d+");

            var state = Json.MAPPER.readTree(get(address + "/_state"));
            assertThat(state).hasSize(2);
            assertThat(state.path(0).path("arn").asText())
                    .isEqualTo("arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Customers");
            assertThat(state.path(0).path("domains").path(0).asText()).isEqualTo("customers");
            assertThat(state.path(1).path("tier").asText()).isEqualTo("LITE");

            process.toHandle().destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(file).doesNotExist();
            assertThat(process.inputReader().lines()).containsExactly("Cognito simulator listens on " + address);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void anUnknownOptionEndsTheProcessWithTheUsage() throws Exception {
        var process = start("--prot", "1");

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(process.errorReader().lines()).anyMatch(line -> line.contains("usage: SimulatorMain"));
    }

    private static Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private static String get(String uri) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
