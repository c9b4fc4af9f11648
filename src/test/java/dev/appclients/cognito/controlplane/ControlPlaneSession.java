package dev.appclients.cognito.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts one control plane for all tests of a JVM if the system property {@code control-plane.start} is {@code true}. It
 * contains the CRDs and the operator's RBAC. Tests reach it through {@link TestCluster}.
 */
public final class ControlPlaneSession implements LauncherSessionListener, AutoCloseable {

    private static final String OWNER = "owner";

    private @Nullable ControlPlane plane;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        // A launcher may open a second session in a JVM that already has a control plane.
        if (Boolean.getBoolean("control-plane.start") && System.getProperty(TestCluster.ADMIN) == null) {
            open();
        }
    }

    /** Starts the control plane for a program outside the tests that uses {@link TestCluster}. */
    public void open() {
        Path project = Binaries.project();
        Path planes = project.resolve("target/control-plane");
        Path directory = planes.resolve(Long.toString(ProcessHandle.current().pid()));
        oneAtATime(planes, () -> {
            endOrphans(planes);
            ControlPlane.ledger(directory).add(OWNER, ProcessHandle.current());
        });
        plane = ControlPlane.start(directory, List.of(project.resolve("crds")));
        plane.applyManifests(OperatorRbac.manifests(project));
        hand(TestCluster.ADMIN, plane.writeKubeconfig(directory.resolve("admin.kubeconfig"), plane.adminConfig()));
        hand(
                TestCluster.OPERATOR,
                plane.writeKubeconfig(
                        directory.resolve("operator.kubeconfig"),
                        plane.configFor(OperatorRbac.NAMESPACE, OperatorRbac.SERVICE_ACCOUNT)));
        hand(TestCluster.AUDIT_LOG, plane.auditLog());
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        close();
    }

    @Override
    public void close() {
        if (plane != null) {
            plane.close();
        }
    }

    private static void hand(String property, Path file) {
        System.setProperty(property, file.toString());
    }

    /** Serialises starts, so that another JVM does not treat a directory without a recorded owner as an orphan. */
    private static void oneAtATime(Path planes, Runnable work) {
        try {
            Files.createDirectories(planes);
            try (var file = FileChannel.open(
                            planes.resolveSibling("control-plane.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    var _ = file.lock()) {
                work.run();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the control planes of killed test JVMs, and deletes the directories of past runs. */
    private static void endOrphans(Path planes) {
        try (Stream<Path> past = Files.list(planes)) {
            past.filter(ControlPlaneSession::isOver).forEach(directory -> {
                ControlPlane.ledger(directory).endAll();
                delete(directory);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOver(Path directory) {
        return ControlPlane.ledger(directory)
                .find(OWNER)
                .flatMap(ProcessLedger.Entry::live)
                .isEmpty();
    }

    static void delete(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
