package dev.appclients.cognito.controlplane;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs etcd, kube-apiserver and kube-controller-manager on loopback, on ports chosen by the system, with RBAC on. {@link
 * #close}, the end of this JVM and a failed start end the processes. Their files stay in the directory: logs, the audit log
 * and the record of the processes.
 */
public final class ControlPlane implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 5;
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("control-plane")
            .withForce(true)
            .build();

    private final Path directory;
    private final Binaries binaries;
    private final ProcessLedger ledger;
    private final List<Server> running = new ArrayList<>();
    private final Thread hook = new Thread(this::end, "control-plane-stop");
    private boolean closed;
    private int etcdPort;
    private int apiServerPort;
    private @Nullable Server apiServer;
    private @Nullable Config admin;
    private @Nullable KubernetesClient client;
    private @Nullable Server controllerManager;

    private ControlPlane(Path directory, Binaries binaries) {
        this.directory = directory.toAbsolutePath();
        this.binaries = binaries;
        this.ledger = ledger(directory);
    }

    /** Starts a control plane without custom resources in three to five seconds. Creates a missing directory. */
    public static ControlPlane start(Path directory) {
        return start(directory, List.of());
    }

    /**
     * Like {@link #start(Path)}, with the CRDs of these directories, which need not exist. The garbage collector knows these
     * kinds from its start. It discovers a kind that is added later only after half a minute.
     */
    public static ControlPlane start(Path directory, List<Path> crds) {
        ControlPlane plane = new ControlPlane(directory, Binaries.locate(Binaries.project()));
        Runtime.getRuntime().addShutdownHook(plane.hook);
        try {
            plane.prepare();
            plane.startEtcdAndApiServer();
            crds.forEach(plane::applyCrds);
            plane.startControllerManager();
            return plane;
        } catch (RuntimeException | Error failed) {
            plane.close();
            throw failed;
        }
    }

    /** The record of the control plane's processes in that directory. Another process can end them with it. */
    public static ProcessLedger ledger(Path directory) {
        return new ProcessLedger(directory.toAbsolutePath().resolve("processes"));
    }

    /** The configuration of cluster-admin. */
    public Config adminConfig() {
        if (admin == null) {
            throw new IllegalStateException("the API server has not been started");
        }
        return admin;
    }

    /** The configuration of a ServiceAccount with a token like a pod's. It has exactly the rights that RBAC grants. */
    public Config configFor(String namespace, String serviceAccount) {
        return Identities.serviceAccount(adminConfig(), namespace, serviceAccount);
    }

    public Path writeKubeconfig(Path file, Config config) {
        return Identities.writeKubeconfig(file, config);
    }

    /**
     * The audit log: every request except the API server's own, at level Metadata, one JSON object a line. The API server writes
     * each line before it answers.
     */
    public Path auditLog() {
        return directory.resolve("audit.log");
    }

    /** Installs the CRDs of a directory, waits until the API server serves them, and restarts the controllers to discover them. */
    public void installCrds(Path crds) {
        if (applyCrds(crds)) {
            synchronized (this) {
                if (controllerManager != null) {
                    running.remove(controllerManager);
                    controllerManager.close();
                }
            }
            startControllerManager();
        }
    }

    /** Applies YAML files in order, by server-side apply as cluster-admin. */
    public void applyManifests(Path... files) {
        for (Path file : files) {
            load(file).forEach(item -> client().resource(item).patch(APPLY));
        }
    }

    /** Lets the control plane outlive this JVM. Only {@link #ledger} can end it afterwards. */
    public void leaveRunning() {
        Runtime.getRuntime().removeShutdownHook(hook);
        client().close();
    }

    /** Returns when every process of the control plane has ended. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The JVM is shutting down, and the hook has nothing left to end.
        }
    }

    private synchronized void end() {
        closed = true;
        running.reversed().forEach(Server::close);
        running.clear();
        if (client != null) {
            client.close();
        }
    }

    private void prepare() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Identities.writeSigningKeys(file("service-account.key"), file("service-account.pub"));
        Identities.writePrivate(file("audit-policy.yaml"), """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: [RequestReceived]
                rules:
                - level: None
                  users: ["system:apiserver"]
                - level: Metadata
                """);
    }

    private void startEtcdAndApiServer() {
        String token = Identities.randomToken();
        Identities.writePrivate(file("tokens.csv"), token + ",admin,admin,system:masters\n");
        etcdPort = onFreePorts("etcd", this::etcd, PATIENCE);
        apiServerPort = onFreePorts("kube-apiserver", this::apiServer, PATIENCE);
        String server = "https://127.0.0.1:" + apiServerPort + "/";
        admin = Identities.config(server, certificate(), token, "default");
        KubernetesClient ready = Clients.of(admin);
        client = ready;
        Server started = running.getLast();
        apiServer = started;
        started.awaitUntil("it is ready", PATIENCE, () -> "ok".equals(ready.raw("/readyz")));
    }

    /** Kills the API server. Its connections break, and new ones are refused. */
    public synchronized void stopApiServer() {
        Server former = runningApiServer();
        running.remove(former);
        former.close();
        apiServer = null;
    }

    /** Restarts the API server on its port with its data. Returns when it is ready. */
    public void startApiServer() {
        Server started = launch("kube-apiserver", apiServer(List.of(apiServerPort)));
        synchronized (this) {
            apiServer = started;
        }
        started.awaitUntil("it is ready", PATIENCE, () -> "ok".equals(client().raw("/readyz")));
    }

    /** Stops every thread of the API server. The system still accepts connections for it, and it answers no request. */
    public void freezeApiServer() {
        Server frozen = runningApiServer();
        signal("STOP", frozen);
        // On a busy machine, a thread stops some time after the signal.
        frozen.awaitUntil(
                "all its threads have stopped",
                PATIENCE,
                () -> areThreadsStopped(frozen.handle().pid()));
    }

    /** Only Linux shows the state of a thread, as the word after the name in parentheses. */
    private static boolean areThreadsStopped(long pid) throws IOException {
        Path threads = Path.of("/proc", Long.toString(pid), "task");
        if (!Files.isDirectory(threads)) {
            return true;
        }
        try (Stream<Path> all = Files.list(threads)) {
            for (Path thread : all.toList()) {
                String stat = Files.readString(thread.resolve("stat"));
                if (!stat.startsWith(" T", stat.lastIndexOf(')') + 1)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Resumes a frozen API server. */
    public void thawApiServer() {
        signal("CONT", runningApiServer());
    }

    private synchronized Server runningApiServer() {
        if (apiServer == null) {
            throw new IllegalStateException("the API server is not running");
        }
        return apiServer;
    }

    private static void signal(String name, Server server) {
        try {
            int code = new ProcessBuilder(
                            "kill", "-" + name, Long.toString(server.handle().pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " ended with code " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private interface CommandLine {
        List<String> on(List<Integer> ports);
    }

    /** Retries with other ports if another process binds a chosen port first. */
    private int onFreePorts(String name, CommandLine command, Duration patience) {
        for (int attempt = 1; ; attempt++) {
            List<Integer> ports = Ports.choose(2);
            Server server = launch(name, command.on(ports));
            try {
                server.awaitUntil("it listens", patience, () -> Ports.accepts(ports.getFirst()));
                return ports.getFirst();
            } catch (Server.StartFailed failed) {
                if (attempt == ATTEMPTS || !server.portWasTaken()) {
                    throw failed;
                }
                synchronized (this) {
                    running.remove(server);
                }
            }
        }
    }

    private List<String> etcd(List<Integer> ports) {
        String client = "http://127.0.0.1:" + ports.getFirst();
        String peer = "http://127.0.0.1:" + ports.getLast();
        return List.of(
                binaries.etcd(),
                "--name=local",
                "--data-dir=" + file("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=local=" + peer,
                // Faster. Test data need not survive a power failure.
                "--unsafe-no-fsync",
                // Room for twenty thousand clients and all their writes between two compactions.
                "--quota-backend-bytes=8589934592",
                "--log-level=warn");
    }

    private List<String> apiServer(List<Integer> ports) {
        return List.of(
                binaries.apiServer(),
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + ports.getFirst(),
                "--cert-dir=" + file("certificates"),
                // A loopback address must not become the endpoint of the kubernetes Service. No test needs an endpoint.
                "--endpoint-reconciler-type=none",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--authorization-mode=RBAC",
                "--token-auth-file=" + file("tokens.csv"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + file("service-account.pub"),
                "--service-account-signing-key-file=" + file("service-account.key"),
                "--audit-policy-file=" + file("audit-policy.yaml"),
                "--audit-log-path=" + auditLog(),
                "--audit-log-format=json",
                // In MiB. Readers keep a position in the file, so the API server must not rotate it at the default of
                // 100.
                "--audit-log-maxsize=1048576",
                "--audit-log-mode=blocking-strict");
    }

    private void startControllerManager() {
        Path kubeconfig = writeKubeconfig(file("controller-manager.kubeconfig"), adminConfig());
        Server started = launch(
                "kube-controller-manager",
                List.of(
                        binaries.controllerManager(),
                        "--kubeconfig=" + kubeconfig,
                        // The default port would conflict with another control plane on this machine.
                        "--secure-port=0",
                        "--leader-elect=false",
                        "--kube-api-qps=300",
                        "--kube-api-burst=600",
                        "--service-account-private-key-file=" + file("service-account.key"),
                        "--controllers=namespace-controller,garbage-collector-controller,serviceaccount-controller,"
                                + "serviceaccount-token-controller,clusterrole-aggregation-controller"));
        synchronized (this) {
            controllerManager = started;
        }
        started.awaitUntil(
                "it created the default ServiceAccount",
                PATIENCE,
                () -> client().serviceAccounts()
                                .inNamespace("default")
                                .withName("default")
                                .get()
                        != null);
    }

    /** Returns whether the directory contains any. */
    private boolean applyCrds(Path crds) {
        if (!Files.isDirectory(crds)) {
            return false;
        }
        List<Path> files;
        try (Stream<Path> children = Files.list(crds)) {
            files = children.filter(child -> child.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        applyManifests(files.toArray(Path[]::new));
        files.stream().flatMap(file -> load(file).stream()).forEach(this::awaitServed);
        return !files.isEmpty();
    }

    private void awaitServed(HasMetadata crd) {
        client().resources(CustomResourceDefinition.class)
                .withName(crd.getMetadata().getName())
                .waitUntilCondition(
                        served -> served != null
                                && served.getStatus() != null
                                && served.getStatus().getConditions() != null
                                && served.getStatus().getConditions().stream()
                                        .anyMatch(condition -> "Established".equals(condition.getType())
                                                && "True".equals(condition.getStatus())),
                        PATIENCE.toSeconds(),
                        TimeUnit.SECONDS);
    }

    private List<HasMetadata> load(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return client().load(in).items();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized Server launch(String name, List<String> command) {
        if (closed) {
            throw new IllegalStateException("the control plane is stopping");
        }
        Server server = Server.start(name, command, environment -> {}, file(name + ".log"));
        running.add(server);
        ledger.add(name, server.handle());
        return server;
    }

    private KubernetesClient client() {
        if (client == null) {
            throw new IllegalStateException("the API server has not been started");
        }
        return client;
    }

    /** The certificate authority. The API server creates its own certificate and this file before it listens. */
    private String certificate() {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(file("certificates/apiserver.crt")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name) {
        return directory.resolve(name);
    }
}
