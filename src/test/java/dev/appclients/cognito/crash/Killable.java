package dev.appclients.cognito.crash;

import dev.appclients.cognito.controller.OperatorSettings;
import dev.appclients.cognito.controlplane.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An operator in a process of its own, behind a border, that ends by SIGKILL when the border closes. */
final class Killable implements Scene.Life {

    private static final int GRACE_SECONDS = 30;

    private final Border border;
    private final Process process;

    Killable(Border border, OperatorSettings settings) {
        this.border = border;
        try {
            process = new ProcessBuilder(command(settings))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        border.onDeath(this::kill);
    }

    private List<String> command(OperatorSettings settings) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It lives for seconds: what helps it to start counts, and nothing else.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                OperatorMain.class.getName(),
                TestCluster.operatorKubeconfig().toString(),
                border.kubernetesUri().toString(),
                border.cognito().toString(),
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
    public void bury() {
        kill();
    }

    /** As the kubelet does: who has not ended in time is killed. A JVM that is asked to in its first moments can hang on its logging. */
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
