package dev.appclients.cognito.crash;

import dev.appclients.cognito.controller.OperatorSettings;
import dev.appclients.cognito.controlplane.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** An operator in a process of its own, behind a border, that ends by SIGKILL when the border closes. */
final class Killable implements Scene.Life {

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

    @Override
    public void stop() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
