package dev.appclients.cognito.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.appclients.cognito.controller.workarounds.LeaderElection;
import dev.appclients.cognito.controlplane.OperatorJar;
import dev.appclients.cognito.controlplane.OperatorRbac;
import dev.appclients.cognito.controlplane.Server;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The packaged operator as a process with the service account of the release. */
public final class PackagedOperator implements AutoCloseable {

    /** A busy operator needs seconds. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[0-9.:]+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Server process;
    private final Path log;

    private PackagedOperator(String name, Server process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** @param settings environment variables besides those of every replica */
    public static PackagedOperator start(Path directory, String name, URI cognito, Map<String, String> settings) {
        return start(
                directory, name, cognito, settings, OperatorJar.of(Path.of("")).command(List.of()));
    }

    /** As above, with another command than that of the release. */
    public static PackagedOperator start(
            Path directory, String name, URI cognito, Map<String, String> settings, List<String> command) {
        Path log = directory.resolve(name + ".log");
        Map<String, String> variables = new HashMap<>(Map.of(
                "KUBECONFIG", TestCluster.operatorKubeconfig().toString(),
                "POD_NAME", name,
                "POD_NAMESPACE", "cognito-client-operator",
                "COGNITO_CLIENT_OPERATOR_LEASE_DURATION", "6s",
                "AWS_ENDPOINT_URL", cognito.toString(),
                "AWS_ACCESS_KEY_ID", "AKID" + name.toUpperCase(Locale.ROOT),
                "AWS_SECRET_ACCESS_KEY", "unused",
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", "0"));
        variables.putAll(settings);
        return new PackagedOperator(
                name, Server.start(name, command, environment -> environment.putAll(variables), log), log);
    }

    /** Waits until its caches are filled, leading or not. */
    public PackagedOperator awaitStarted() {
        process.awaitUntil(
                "it listens", PATIENCE, () -> LISTENING.matcher(text()).find());
        return this;
    }

    /** Waits until it leads. */
    public PackagedOperator awaitLeading() {
        process.awaitUntil("it leads", PATIENCE, () -> text().contains("Started event processing for controller"));
        return this;
    }

    /** The response at this path. A request without an answer is repeated once. */
    public HttpResponse<String> get(String path) {
        Matcher url = LISTENING.matcher(text());
        if (!url.find()) {
            throw new IllegalStateException("it does not listen yet");
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(url.group(1) + path))
                .timeout(ANSWERS_WITHIN)
                // As Prometheus and the kubelet do. Java's default upgrades the connection.
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            try {
                return http.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (HttpTimeoutException lost) {
                return http.send(request, HttpResponse.BodyHandlers.ofString());
            } finally {
                // An orderly close waits for a lost answer, too.
                http.shutdownNow();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the operator", e);
        }
    }

    public String text() {
        try {
            // The process may be in the middle of a character.
            return Files.exists(log) ? new String(Files.readAllBytes(log), UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every complete line of its log. Each is one JSON object. */
    public List<JsonNode> lines() {
        List<JsonNode> lines = new ArrayList<>();
        String text = text();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            try {
                lines.add(JSON.readTree(line));
            } catch (JsonProcessingException e) {
                throw new AssertionError("not one JSON object: " + line, e);
            }
        }
        return lines;
    }

    public List<String> messages(String level) {
        return lines().stream()
                .filter(line -> line.path("level").asText().equals(level))
                .map(line -> line.path("message").asText())
                .toList();
    }

    /** Waits until the process has ended. Ends it when it does not. */
    PackagedOperator awaitEnd() {
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> !process.handle().isAlive());
            return this;
        } catch (ConditionTimeoutException alive) {
            close();
            throw alive;
        }
    }

    /** The exit code of a process that has ended. */
    int exitCode() {
        return process.exitCode();
    }

    public ProcessHandle handle() {
        return process.handle();
    }

    /** SIGKILL. */
    public void kill() {
        process.handle().destroyForcibly();
    }

    /** SIGTERM. */
    public void terminate() {
        process.handle().destroy();
    }

    /** Kills the process, and deletes its lease, so that the operator of the next test does not wait for the end of the lease. */
    @Override
    public void close() {
        process.close();
        try (KubernetesClient admin = TestCluster.admin()) {
            var lease = admin.leases().inNamespace(OperatorRbac.NAMESPACE).withName(LeaderElection.LEASE);
            Lease left = lease.get();
            if (left != null && name.equals(left.getSpec().getHolderIdentity())) {
                lease.delete();
            }
        }
    }
}
