package dev.appclients.cognito.local;

import dev.appclients.cognito.controlplane.Binaries;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** {@code make run}, {@code up}, {@code restart-operator} and {@code down}; must run in the project's directory. */
public final class LocalMain {

    private final RunDirectory run = new RunDirectory(Binaries.project());
    private final Progress pass = new Progress();
    private final Binaries binaries = Binaries.locate(run.project());
    private final LocalCluster cluster = new LocalCluster(run, binaries, pass);
    private final Examples examples = new Examples(run, binaries, pass);
    // Written by the shutdown hook, read by the main thread.
    private static volatile boolean interrupted;
    private static volatile boolean ending;

    private LocalMain() {}

    public static void main(String[] arguments) throws IOException {
        String verb = arguments.length == 1 ? arguments[0] : "";
        try {
            LocalMain main = new LocalMain();
            switch (verb) {
                case "up" -> main.up();
                case "run" -> main.run();
                case "restart-operator" -> main.cluster.restartOperator();
                case "down" -> main.down();
                default -> throw new IllegalStateException("use one of: up, run, restart-operator, down");
            }
        } catch (RuntimeException failed) {
            // After Ctrl-C the hook ends the processes, and a wait for one of them fails. That is no failure of the
            // command.
            if (!interrupted) {
                ending = true;
                // No stack trace at a terminal: the logs have the details.
                System.err.println("make " + verb + ": " + failed.getMessage());
            }
            System.exit(1);
        }
    }

    private void up() {
        if (cluster.isUp()) {
            pass.say("already running: 'make restart-operator' starts a new build");
            examples.show();
            return;
        }
        Thread stop = stopAtExit();
        startAll();
        Runtime.getRuntime().removeShutdownHook(stop);
    }

    private void run() throws IOException {
        if (cluster.isUp()) {
            throw new IllegalStateException("already running in the background: stop it with 'make down'");
        }
        stopAtExit();
        startAll();
        System.out.println("\nCtrl-C stops everything. The operator's log:\n");
        Process log = new ProcessBuilder(
                        "tail", "-n", "20", "-F", run.log(RunDirectory.OPERATOR).toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(log::destroy));
        Awaitility.await().forever().pollInterval(Duration.ofMillis(500)).until(() -> !run.controlPlaneIsLive());
        if (!interrupted) {
            ending = true;
            System.out.println("stopping, because the control plane has ended");
        }
    }

    private void startAll() {
        if (cluster.isPartlyUp()) {
            pass.say("stopped the processes of an earlier run: " + String.join(", ", cluster.stopLeftovers()));
        }
        cluster.start();
        examples.applyAndWait();
        examples.show();
    }

    private void stopAll() {
        interrupted = !ending;
        down();
        if (interrupted) {
            System.out.println("interrupted; nothing is left running");
        }
    }

    private void down() {
        List<String> ended = cluster.stop();
        pass.say(ended.isEmpty() ? "nothing was running" : "stopped " + String.join(", ", ended));
    }

    /** Stops all processes when this JVM ends, by Ctrl-C or by a failure. */
    private Thread stopAtExit() {
        Thread stop = new Thread(this::stopAll, "local-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        return stop;
    }
}
