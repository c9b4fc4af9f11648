package dev.appclients.cognito.crash;

import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controlplane.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the operator as a separate process behind a proxy. A crash is a SIGKILL. */
final class OperatorProcess implements Scene.Handle {

    private static final int GRACE_SECONDS = 30;

    private final FaultProxy proxy;
    private final Process process;

    OperatorProcess(FaultProxy proxy, OperatorSettings settings) {
        this.proxy = proxy;
        try {
            process = new ProcessBuilder(command(settings))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        proxy.onCrash(this::kill);
    }

    private List<String> command(OperatorSettings settings) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // The process lives for seconds: only a fast start counts.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                OperatorMain.class.getName(),
                TestCluster.operatorKubeconfig().toString(),
                proxy.kubernetesUri().toString(),
                proxy.cognito().toString(),
                settings.createSettlesAfter().toString());
    }

    private void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void discard() {
        kill();
    }

    /** Stops as the kubelet does, with SIGKILL after the grace period. A JVM that is still starting can hang in its logging. */
    @Override
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
