package dev.appclients.cognito.local;

import static dev.appclients.cognito.local.RunDirectory.OPERATOR;
import static dev.appclients.cognito.local.RunDirectory.SIMULATOR;

import dev.appclients.cognito.controlplane.Binaries;
import dev.appclients.cognito.controlplane.ControlPlane;
import dev.appclients.cognito.controlplane.Identities;
import dev.appclients.cognito.controlplane.OperatorJar;
import dev.appclients.cognito.controlplane.OperatorRbac;
import dev.appclients.cognito.controlplane.Ports;
import dev.appclients.cognito.controlplane.Server;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Starts, stops and records the processes of {@code make run}. */
final class LocalCluster {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RunDirectory run;
    private final Binaries binaries;
    private final Progress pass;
    private boolean stopping;

    LocalCluster(RunDirectory run, Binaries binaries, Progress pass) {
        this.run = run;
        this.binaries = binaries;
        this.pass = pass;
    }

    boolean isUp() {
        return run.controlPlaneIsLive() && run.isLive(SIMULATOR) && run.isLive(OPERATOR);
    }

    boolean isPartlyUp() {
        return !isUp()
                && (run.isLive(SIMULATOR)
                        || run.isLive(OPERATOR)
                        || run.controlPlaneProcesses().entries().stream()
                                .anyMatch(entry -> entry.live().isPresent()));
    }

    /** Returns when the operator is ready. All processes outlive this JVM. */
    void start() {
        run.renew();
        pass.begin("starting the control plane");
        Server simulator = launch(SIMULATOR, simulatorCommand(), this::simulatorEnvironment);
        ControlPlane plane =
                ControlPlane.start(run.controlPlane(), List.of(run.project().resolve("crds")));
        plane.applyManifests(OperatorRbac.manifests(run.project()));
        plane.writeKubeconfig(run.kubeconfig(), plane.adminConfig());
        pass.say("the control plane is ready: " + plane.adminConfig().getMasterUrl());
        pass.begin("starting the Cognito simulator");
        simulator.awaitUntil("it has written its URL", PATIENCE, () -> Files.exists(run.simulatorUrl()));
        pass.say("the Cognito simulator is ready: " + simulatorUrl());
        startOperator();
        plane.leaveRunning();
    }

    /** Stops a running operator and starts the packaged one, on the same port if that is free. */
    void restartOperator() {
        if (!run.controlPlaneIsLive() || !run.isLive(SIMULATOR)) {
            throw new IllegalStateException(
                    "the control plane and the simulator are not running: start them with 'make up'");
        }
        run.processes().find(OPERATOR).ifPresent(run.processes()::end);
        startOperator();
    }

    /** Stops all recorded processes, the operator first. Returns the names of those that were running. */
    List<String> stop() {
        synchronized (this) {
            stopping = true;
        }
        return stopLeftovers();
    }

    /** Like {@link #stop}, but allows a later start. */
    List<String> stopLeftovers() {
        List<String> ended = new ArrayList<>(run.processes().endAll());
        ended.addAll(run.controlPlaneProcesses().endAll());
        run.forgetProcesses();
        return ended;
    }

    private void startOperator() {
        pass.begin("starting the operator");
        Config admin = Config.fromKubeconfig(run.kubeconfig().toFile());
        Config operator = Identities.serviceAccount(admin, OperatorRbac.NAMESPACE, OperatorRbac.SERVICE_ACCOUNT);
        Identities.writeKubeconfig(run.operatorKubeconfig(), operator);
        int port = run.operatorPort()
                .filter(Ports::isFree)
                .orElseGet(() -> Ports.choose(1).getFirst());
        Server server = launch(OPERATOR, operatorCommand(), environment -> operatorEnvironment(environment, port));
        run.keepOperatorPort(port);
        String url = "http://127.0.0.1:" + port;
        writeEnv(server.handle().pid(), url);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest ready =
                    HttpRequest.newBuilder(URI.create(url + "/q/health/ready")).build();
            server.awaitUntil("it is ready", PATIENCE, Duration.ofMillis(250), () -> isOk(http, ready));
        }
        pass.say(
                "the operator is ready: " + url + ", process " + server.handle().pid());
    }

    private static boolean isOk(HttpClient http, HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    /** Sets the environment of a pod, without the AWS settings of this machine. */
    private void operatorEnvironment(Map<String, String> environment, int port) {
        environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("KUBERNETES_"));
        environment.put("KUBECONFIG", run.operatorKubeconfig().toString());
        environment.put("POD_NAMESPACE", OperatorRbac.NAMESPACE);
        // The same name each time, so a new process need not wait until the lease of the last one expires.
        environment.put("POD_NAME", "cognito-client-operator-local");
        environment.put("AWS_ENDPOINT_URL", simulatorUrl());
        environment.put("AWS_ACCESS_KEY_ID", "local");
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        environment.put("AWS_REGION", "eu-west-1");
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("NO_PROXY", "127.0.0.1,localhost");
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        // Readable lines instead of JSON.
        environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
    }

    private List<String> operatorCommand() {
        return OperatorJar.of(run.project()).trainedCommand(List.of());
    }

    /** Keeps the long class path off the command line. */
    private void simulatorEnvironment(Map<String, String> environment) {
        environment.put("CLASSPATH", System.getProperty("java.class.path"));
    }

    private List<String> simulatorCommand() {
        return List.of(
                java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "dev.appclients.cognito.simulator.SimulatorMain",
                "--port",
                "0",
                "--seed",
                "demo",
                "--port-file",
                run.simulatorUrl().toString());
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private String simulatorUrl() {
        return run.readSimulatorUrl().orElseThrow(() -> new IllegalStateException("the simulator is not running"));
    }

    private void writeEnv(long operatorPid, String operatorUrl) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("KUBECONFIG", run.kubeconfig().toString());
        Binaries.keepCacheIn(run.root(), values);
        values.put("SIMULATOR_URL", simulatorUrl());
        values.put("OPERATOR_PID", Long.toString(operatorPid));
        values.put("OPERATOR_LOG", run.log(OPERATOR).toString());
        values.put("OPERATOR_URL", operatorUrl);
        run.writeEnv(values, binaries.directory());
    }

    /** Starts and records a process under the lock of {@link #stop}, so that no unrecorded process remains after a stop. */
    private synchronized Server launch(String name, List<String> command, Consumer<Map<String, String>> environment) {
        if (stopping) {
            throw new IllegalStateException("stopped before the start of " + name);
        }
        Server server = Server.start(name, command, environment, run.log(name));
        run.processes().add(name, server.handle());
        return server;
    }
}
