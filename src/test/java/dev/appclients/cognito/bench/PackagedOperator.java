package dev.appclients.cognito.bench;

import dev.appclients.cognito.controlplane.OperatorRbac;
import dev.appclients.cognito.controlplane.Ports;
import dev.appclients.cognito.controlplane.Server;
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
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** The packaged operator as a separate process, with the shipped JVM options. */
final class PackagedOperator implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The grace period of a pod. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private static final Duration QUIET_FOR = Duration.ofMillis(400);
    private static final Duration QUIET = Duration.ofMillis(10);

    private final Server server;
    private final HttpRequest ready;
    private final OperatorLauncher launcher;
    private final @Nullable MemoryCgroup group;
    private final long began;
    private Duration start = Duration.ZERO;
    private volatile Duration lastCpu = Duration.ZERO;
    private volatile double lastPeak;
    private Duration quietCpu = Duration.ZERO;
    private boolean outOfMemory;

    private PackagedOperator(
            Server server, OperatorLauncher launcher, int port, @Nullable MemoryCgroup group, long began) {
        this.server = server;
        this.launcher = launcher;
        this.ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        this.group = group;
        this.began = began;
    }

    /**
     * The inputs of a start.
     *
     * @param directory the directory of the log, see {@link #log}
     * @param jvm options after the shipped ones
     * @param cgroups where its memory is limited
     */
    record Setup(
            OperatorLauncher launcher,
            Path directory,
            Path kubeconfig,
            URI cognito,
            List<String> jvm,
            MemoryCgroup.Place cgroups) {

        Path log() {
            return directory.resolve("operator.log");
        }
    }

    /** Starts a process, and returns at once. {@link #awaitReady} waits. */
    static PackagedOperator launch(Setup setup, Map<String, String> settings) {
        int port = Ports.choose(1).getFirst();
        MemoryCgroup group = setup.cgroups().make();
        List<String> command = new ArrayList<>(group == null ? List.of() : group.enter());
        command.addAll(setup.launcher().command(setup.jvm()));
        long began = System.nanoTime();
        Server server = Server.start(
                "operator",
                command,
                environment -> {
                    prepare(environment, setup.launcher().visible(setup.kubeconfig()), setup.cognito(), port);
                    environment.putAll(settings);
                },
                setup.log());
        return new PackagedOperator(server, setup.launcher(), port, group, began);
    }

    /** Starts a process, and waits until its ready endpoint says UP: by then it watches. */
    static PackagedOperator start(Setup setup, Map<String, String> settings) {
        PackagedOperator operator = launch(setup, settings);
        try {
            operator.awaitReady();
            return operator;
        } catch (RuntimeException failed) {
            operator.close();
            throw failed;
        }
    }

    private void awaitReady() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            server.awaitUntil("it is ready", PATIENCE, Duration.ofMillis(10), () -> isReady(http));
        }
    }

    /** Whether the ready endpoint says UP. Records the time of the first success. */
    boolean isReady(HttpClient http) {
        try {
            boolean up =
                    http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
            if (up && start.isZero()) {
                start = Duration.ofNanos(System.nanoTime() - began);
            }
            return up;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Sets the environment of a pod, without this machine's own settings. */
    private static void prepare(Map<String, String> environment, Path kubeconfig, URI cognito, int port) {
        environment
                .keySet()
                .removeIf(name ->
                        name.startsWith("AWS_") || name.startsWith("KUBERNETES_") || name.startsWith("QUARKUS_"));
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("COGNITO_CLIENT_OPERATOR_NAMESPACE", OperatorRbac.NAMESPACE);
        // The same name each time: the lease of the previous process is its own.
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

    long pid() {
        return process().pid();
    }

    private ProcessHandle process() {
        return launcher.operator(server.handle());
    }

    /** From the start of the process until it was observed to be ready. */
    Duration startTook() {
        return start;
    }

    /** The memory that the process occupies, in MiB. */
    double rss() {
        return status("VmRSS:");
    }

    /** The peak memory of the process, in MiB; after its end, as of the last call of this method. */
    double peakRss() {
        double peak = isAlive() ? status("VmHWM:") : 0;
        lastPeak = Math.max(lastPeak, peak);
        return lastPeak;
    }

    /** Returns 0 for a process that is ending. */
    private double status(String name) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
                            .filter(line -> line.startsWith(name))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024.0;
        } catch (IOException gone) {
            return 0;
        }
    }

    /** The processor time since the start, of all threads; after the end, as of the last call of this method. */
    Duration cpu() {
        process().info().totalCpuDuration().ifPresent(cpu -> lastCpu = cpu);
        return lastCpu;
    }

    /** Whether the kernel killed the process because of the limit of its cgroup. */
    boolean isOutOfMemory() {
        return outOfMemory || group != null && group.kills() > 0;
    }

    /** The exit code of a process that has ended. */
    int exitCode() {
        return server.exitCode();
    }

    /** Waits until the operator is idle. */
    void awaitQuiet() {
        awaitQuiet(PATIENCE);
    }

    /** Does the same for work that takes longer. */
    void awaitQuiet(Duration patience) {
        quietCpu = Duration.ZERO;
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(QUIET_FOR)
                .atMost(patience)
                .until(() -> {
                    Duration now = cpu();
                    boolean quiet = now.minus(quietCpu).compareTo(QUIET) <= 0;
                    quietCpu = now;
                    return quiet;
                });
    }

    /** Stops the process in order, as Kubernetes does, and kills it if it hangs. */
    @Override
    public void close() {
        close(STOP_PATIENCE);
    }

    /** Does the same for a process that may take longer to end. */
    void close(Duration patience) {
        cpu();
        peakRss();
        process().destroy();
        try {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(patience)
                    .until(() -> !isAlive());
        } catch (ConditionTimeoutException hangs) {
            System.err.println("the operator did not stop within " + patience.toSeconds() + " seconds: it is killed");
            process().destroyForcibly();
        } finally {
            server.close();
            if (group != null) {
                outOfMemory = isOutOfMemory();
                group.close();
            }
        }
    }
}
