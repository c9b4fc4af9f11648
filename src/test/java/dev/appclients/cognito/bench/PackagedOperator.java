package dev.appclients.cognito.bench;

import dev.appclients.cognito.controlplane.OperatorJar;
import dev.appclients.cognito.controlplane.OperatorRbac;
import dev.appclients.cognito.controlplane.Ports;
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
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The operator as {@code mvn package} leaves it, in a process of its own and with the JVM options that ship. */
final class PackagedOperator implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What a pod is given. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private static final Duration QUIET_FOR = Duration.ofMillis(400);
    private static final Duration IDLE_FOR = Duration.ofSeconds(20);
    private static final Duration QUIET = Duration.ofMillis(10);

    private final Server server;
    private final Duration start;
    private Duration lastCpu = Duration.ZERO;

    private PackagedOperator(Server server, Duration start) {
        this.server = server;
        this.start = start;
    }

    /** Returns when its ready endpoint says UP: by then it watches. */
    static PackagedOperator start(
            Path project,
            Path directory,
            Path kubeconfig,
            URI cognito,
            List<String> jvm,
            Map<String, String> settings) {
        int port = Ports.choose(1).getFirst();
        List<String> command = OperatorJar.of(project).trainedCommand(jvm);
        long began = System.nanoTime();
        Server server = Server.start(
                "operator",
                command,
                environment -> {
                    prepare(environment, kubeconfig, cognito, port);
                    environment.putAll(settings);
                },
                directory.resolve("operator.log"));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                    .build();
            server.awaitUntil("it is ready", PATIENCE, Duration.ofMillis(10), () -> isOk(http, ready));
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
        }
        return new PackagedOperator(server, Duration.ofNanos(System.nanoTime() - began));
    }

    private static boolean isOk(HttpClient http, HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    /** What a pod would have, and nothing of this machine's own settings. */
    private static void prepare(Map<String, String> environment, Path kubeconfig, URI cognito, int port) {
        environment
                .keySet()
                .removeIf(name ->
                        name.startsWith("AWS_") || name.startsWith("KUBERNETES_") || name.startsWith("QUARKUS_"));
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("COGNITO_CLIENT_OPERATOR_NAMESPACE", OperatorRbac.NAMESPACE);
        // The same name each time: a lease that the last process held is its own.
        environment.put("COGNITO_CLIENT_OPERATOR_IDENTITY", "bench");
        environment.put("AWS_ENDPOINT_URL", cognito.toString());
        environment.put("AWS_ACCESS_KEY_ID", "bench");
        environment.put("AWS_SECRET_ACCESS_KEY", "bench");
        environment.put("AWS_REGION", "eu-west-1");
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("NO_PROXY", "127.0.0.1,localhost");
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    }

    boolean isAlive() {
        return server.handle().isAlive();
    }

    /** From the start of the process until it was ready. */
    Duration startTook() {
        return start;
    }

    /** The memory that the process occupies, in MiB. */
    double rss() {
        return status("VmRSS:");
    }

    /** The most memory that it ever occupied, in MiB. */
    double peakRss() {
        return status("VmHWM:");
    }

    private double status(String name) {
        try {
            return Files.readAllLines(Path.of(
                                    "/proc", Long.toString(server.handle().pid()), "status"))
                            .stream()
                            .filter(line -> line.startsWith(name))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1024.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time since it was started, of all its threads: collector and compilers too. */
    Duration cpu() {
        return server.handle().info().totalCpuDuration().orElseThrow();
    }

    /** Returns when it has nothing left to do. */
    void awaitQuiet() {
        lastCpu = Duration.ZERO;
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(QUIET_FOR)
                .atMost(PATIENCE)
                .until(() -> {
                    Duration now = cpu();
                    boolean quiet = now.minus(lastCpu).compareTo(QUIET) <= 0;
                    lastCpu = now;
                    return quiet;
                });
    }

    /** Processor time per second while it has nothing to do. */
    double idleCpu() {
        Duration before = cpu();
        Awaitility.await().pollDelay(IDLE_FOR).atMost(IDLE_FOR.plus(PATIENCE)).until(() -> true);
        return (double) cpu().minus(before).toNanos() / IDLE_FOR.toNanos();
    }

    /** An orderly stop, as Kubernetes does it; by force when that hangs. */
    @Override
    public void close() {
        server.handle().destroy();
        try {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(STOP_PATIENCE)
                    .until(() -> !server.handle().isAlive());
        } catch (ConditionTimeoutException hangs) {
            System.err.println("the operator did not stop within thirty seconds: it is ended by force");
        } finally {
            server.close();
        }
    }
}
