package dev.appclients.cognito.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The simulator as a separate process, with its recorded calls. */
final class Cognito implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LEAST_HEAP = 256;
    private static final int HEAP_PER_THOUSAND = 32;

    private final Server server;
    private final URI endpoint;
    private final HttpClient http = HttpClient.newHttpClient();

    private Cognito(Server server, URI endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    /** @param clients the number that the simulator must hold, with its journal */
    static Cognito start(Path directory, int clients) {
        Path port = directory.resolve("simulator.url");
        Server server = Server.start(
                "simulator",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx" + (LEAST_HEAP + HEAP_PER_THOUSAND * clients / 1_000) + "m",
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

    /** The processor time of the simulator since its start. */
    Duration cpu() {
        return server.handle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    static ObjectNode request() {
        return JSON.createObjectNode();
    }

    /** Calls an operation as any client of the service does. */
    JsonNode call(String operation, ObjectNode request) {
        return parse(send(target(operation, request)));
    }

    /** Does the same asynchronously. */
    CompletableFuture<JsonNode> callAsync(String operation, ObjectNode request) {
        return http.sendAsync(target(operation, request).build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(Cognito::body)
                .thenApply(Cognito::parse);
    }

    private HttpRequest.Builder target(String operation, ObjectNode request) {
        return request("/")
                .header("X-Amz-Target", "AWSCognitoIdentityProviderService." + operation)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=bench/20260101/eu-west-1/cognito-idp/aws4_request,"
                                + " SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(request.toString()));
    }

    /** Activates the custom domain, as Cognito does some minutes after its creation. */
    void finishDomain(String domain) {
        post(
                "/_domains",
                request().put("domain", domain).put("status", "ACTIVE").toString());
    }

    void quotas(boolean enforced) {
        post("/_quotas", "{\"enforced\":" + enforced + "}");
    }

    /** Delays every call by this many milliseconds; 0 for no delay. */
    void latency(int millis) {
        send(request("/_faults").DELETE());
        if (millis > 0) {
            post("/_faults", "{\"operation\":\"*\",\"times\":0,\"kind\":\"LATENCY\",\"delayMillis\":" + millis + "}");
        }
    }

    /** Starts or ends an outage, in which every call is answered with a service error. */
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

    /** The calls since {@link #forgetCalls}, by operation. An outcome other than OK is part of the name. */
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
            return body(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String body(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException("the simulator answered " + response.statusCode() + " " + response.body());
        }
        return response.body();
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
