package dev.appclients.cognito.bench;

import dev.appclients.cognito.controlplane.Binaries;
import dev.appclients.cognito.controlplane.ControlPlane;
import dev.appclients.cognito.controlplane.OperatorJar;
import dev.appclients.cognito.controlplane.OperatorRbac;
import dev.appclients.cognito.controlplane.ProcessLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the control plane, the simulator and one operator at a time. All of them end with this JVM. */
final class Bed implements AutoCloseable {

    private final Path project = Binaries.project();
    private final OperatorLauncher launcher;
    private final Path directory;
    private final List<String> jvm;
    private final MemoryCgroup.Place cgroups;
    private final Thread hook = new Thread(this::end, "bench-stop");
    private @Nullable ControlPlane plane;
    private @Nullable Cognito cognito;
    private @Nullable PackagedOperator operator;
    private @Nullable Pod pod;
    private boolean closed;

    private Bed(OperatorLauncher launcher, Path directory, List<String> jvm, MemoryCgroup.Place cgroups) {
        this.launcher = launcher;
        this.directory = directory;
        this.jvm = jvm;
        this.cgroups = cgroups;
    }

    /**
     * Starts the control plane and the simulator.
     *
     * @param clients the number of clients that the simulator must hold
     * @param cgroups where the operator's memory is limited
     */
    static Bed open(Path directory, int clients, List<String> jvm, MemoryCgroup.Place cgroups) {
        OperatorJar jar = OperatorJar.of(Binaries.project());
        return open(jar::trainedCommand, directory, clients, jvm, cgroups);
    }

    /** Does the same for an operator that is started in another way. */
    static Bed open(
            OperatorLauncher launcher, Path directory, int clients, List<String> jvm, MemoryCgroup.Place cgroups) {
        Bed bed = new Bed(launcher, directory, jvm, cgroups);
        Runtime.getRuntime().addShutdownHook(bed.hook);
        try {
            ControlPlane plane = ControlPlane.start(directory, List.of(bed.project.resolve("crds")));
            bed.plane = plane;
            plane.applyManifests(OperatorRbac.manifests(bed.project));
            plane.writeKubeconfig(
                    bed.kubeconfig(), plane.configFor(OperatorRbac.NAMESPACE, OperatorRbac.SERVICE_ACCOUNT));
            bed.take(Cognito.start(directory, clients));
            return bed;
        } catch (RuntimeException | Error failed) {
            bed.close();
            throw failed;
        }
    }

    ControlPlane plane() {
        return required(plane);
    }

    Cognito cognito() {
        return required(cognito);
    }

    PackagedOperator operator() {
        return required(operator);
    }

    /** Stops the operator in order, if one runs, and starts another one. */
    PackagedOperator startOperator(Map<String, String> settings) {
        stopOperator();
        PackagedOperator started = PackagedOperator.start(setup(), settings);
        take(started);
        return started;
    }

    /** Starts an operator that is restarted whenever it ends. Returns at once. */
    Pod startPod(Map<String, String> settings) {
        stopOperator();
        Pod started = Pod.start(setup(), settings);
        take(started);
        return started;
    }

    /** Stops the operator and waits longer, for a JVM that writes an AOT cache when it exits. */
    void stopOperator(Duration patience) {
        PackagedOperator former;
        synchronized (this) {
            former = operator;
            operator = null;
        }
        if (former != null) {
            former.close(patience);
        }
    }

    void stopOperator() {
        PackagedOperator former;
        Pod formerPod;
        synchronized (this) {
            former = operator;
            operator = null;
            formerPod = pod;
            pod = null;
        }
        if (former != null) {
            former.close();
        }
        if (formerPod != null) {
            formerPod.close();
        }
    }

    /** Whether an operator runs, or will be started again. */
    synchronized boolean hasOperator() {
        return pod != null || operator != null && operator.isAlive();
    }

    /** @throws IllegalStateException if no operator runs, or will be started again */
    void requireOperator() {
        if (!hasOperator()) {
            throw new IllegalStateException("the operator has ended");
        }
    }

    /** The processor time since the processes were started; for the operator, of {@link #operator} or of the pod. */
    Cpu cpu() {
        Duration own;
        synchronized (this) {
            own = pod != null ? pod.cpu() : operator != null ? operator.cpu() : Duration.ZERO;
        }
        return new Cpu(own, cpu("kube-apiserver"), cpu("etcd"), cognito().cpu());
    }

    private Duration cpu(String process) {
        return ControlPlane.ledger(directory)
                .find(process)
                .flatMap(ProcessLedger.Entry::live)
                .flatMap(live -> live.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    OperatorLog operatorLog() {
        return new OperatorLog(setup().log());
    }

    /** A client of the API server with the operator's identity and permissions. */
    KubeApi asOperator() {
        return new KubeApi(plane().configFor(OperatorRbac.NAMESPACE, OperatorRbac.SERVICE_ACCOUNT));
    }

    private PackagedOperator.Setup setup() {
        return new PackagedOperator.Setup(
                launcher, directory, kubeconfig(), cognito().endpoint(), jvm, cgroups);
    }

    private synchronized void take(Cognito started) {
        cognito = started;
        endIfClosed();
    }

    private synchronized void take(PackagedOperator started) {
        operator = started;
        endIfClosed();
    }

    private synchronized void take(Pod started) {
        pod = started;
        endIfClosed();
    }

    private void endIfClosed() {
        if (closed) {
            end();
            throw new IllegalStateException("interrupted");
        }
    }

    private Path kubeconfig() {
        return directory.resolve("operator.kubeconfig");
    }

    private static <T> T required(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not started, or ended already");
        }
        return part;
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The JVM is already shutting down, and the hook has nothing left to do.
        }
    }

    private synchronized void end() {
        closed = true;
        if (pod != null) {
            pod.close();
            pod = null;
        }
        if (operator != null) {
            operator.close();
            operator = null;
        }
        if (cognito != null) {
            cognito.close();
            cognito = null;
        }
        if (plane != null) {
            plane.close();
            plane = null;
        }
    }
}
