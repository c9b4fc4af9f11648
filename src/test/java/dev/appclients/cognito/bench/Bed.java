package dev.appclients.cognito.bench;

import dev.appclients.cognito.controlplane.Binaries;
import dev.appclients.cognito.controlplane.ControlPlane;
import dev.appclients.cognito.controlplane.OperatorRbac;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The control plane, the simulator and one operator at a time. However this JVM ends, none of them stays. */
final class Bed implements AutoCloseable {

    private final Path project = Binaries.project();
    private final Path directory;
    private final List<String> jvm;
    private final Thread hook = new Thread(this::end, "bench-stop");
    private @Nullable ControlPlane plane;
    private @Nullable Cognito cognito;
    private @Nullable PackagedOperator operator;
    private boolean closed;

    private Bed(Path directory, List<String> jvm) {
        this.directory = directory;
        this.jvm = jvm;
    }

    static Bed open(Path directory, List<String> jvm) {
        Bed bed = new Bed(directory, jvm);
        Runtime.getRuntime().addShutdownHook(bed.hook);
        try {
            ControlPlane plane = ControlPlane.start(directory, List.of(bed.project.resolve("crds")));
            bed.plane = plane;
            plane.applyManifests(OperatorRbac.manifests(bed.project));
            plane.writeKubeconfig(
                    bed.kubeconfig(), plane.configFor(OperatorRbac.NAMESPACE, OperatorRbac.SERVICE_ACCOUNT));
            bed.take(Cognito.start(directory));
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

    /** Stops the operator if there is one, in an orderly way, and starts the next. */
    PackagedOperator startOperator(Map<String, String> settings) {
        stopOperator();
        PackagedOperator started = PackagedOperator.start(
                project, directory, kubeconfig(), cognito().endpoint(), jvm, settings);
        take(started);
        return started;
    }

    void stopOperator() {
        PackagedOperator former;
        synchronized (this) {
            former = operator;
            operator = null;
        }
        if (former != null) {
            former.close();
        }
    }

    private synchronized void take(Cognito started) {
        cognito = started;
        endIfClosed();
    }

    private synchronized void take(PackagedOperator started) {
        operator = started;
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
            // The JVM is on its way out, and the hook has found nothing left to do.
        }
    }

    private synchronized void end() {
        closed = true;
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
