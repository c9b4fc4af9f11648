package dev.appclients.cognito.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.appclients.cognito.controlplane.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The simulator in a process of its own, and what it was asked. */
final class Cognito implements AutoCloseable {

    /** Of the simulator's demo seed. */
    static final String POOL_ID = "eu-west-1_Customers";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Server server;
    private final URI endpoint;
    private final HttpClient http = HttpClient.newHttpClient();

    private Cognito(Server server, URI endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    static Cognito start(Path directory) {
        Path port = directory.resolve("simulator.url");
        Server server = Server.start(
                "simulator",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.appclients.cognito.simulator.SimulatorMain",
                        "--seed",
                        "demo",
                        "--port-file",
                        port.toString()),
                environment -> {},
                directory.resolve("simulator.log"));
        try {
            server.awaitUntil("it has written its URL", Duration.ofSeconds(30), () -> Files.exists(port));
            return new Cognito(server, URI.create(Files.readString(port)));
        } catch (IOException | RuntimeException failed) {
            server.close();
            throw new IllegalStateException("no simulator", failed);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    void quotas(boolean enforced) {
        post("/_quotas", "{\"enforced\":" + enforced + "}");
    }

    /** How much longer every call takes, in milliseconds; 0 for not at all. */
    void latency(int millis) {
        send(request("/_faults").DELETE());
        if (millis > 0) {
            post("/_faults", "{\"operation\":\"*\",\"times\":0,\"kind\":\"LATENCY\",\"delayMillis\":" + millis + "}");
        }
    }

    /** Every call is answered by an error of the service, or none any more. */
    void outage(boolean begins) {
        send(request("/_faults").DELETE());
        if (begins) {
            post(
                    "/_faults",
                    "{\"operation\":\"*\",\"times\":0,\"kind\":\"ERROR_BEFORE\",\"error\":\"ServiceUnavailable\",\"status\":503,\"message\":\"Later.\"}");
        }
    }

    void forgetCalls() {
        send(request("/_journal").DELETE());
    }

    /** Calls since they were last forgotten, by operation; an outcome other than OK is part of the name. */
    Map<String, Integer> calls() {
        Map<String, Integer> calls = new TreeMap<>();
        try (Stream<String> lines = send(request("/_journal")).lines()) {
            lines.filter(line -> !line.isBlank()).map(Cognito::parse).forEach(call -> {
                String outcome = call.path("outcome").asText();
                String operation = call.path("operation").asText();
                calls.merge(outcome.equals("OK") ? operation : operation + " " + outcome, 1, Integer::sum);
            });
        }
        return calls;
    }

    private void post(String path, String body) {
        send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(endpoint.resolve(path));
    }

    private String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("the simulator says " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        http.shutdownNow();
    }
}
