package dev.appclients.cognito.soak;

import dev.appclients.cognito.controlplane.Binaries;
import dev.appclients.cognito.controlplane.ControlPlaneSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Runs {@code make soak}, in the project directory. */
public final class SoakMain {

    /** Longer than any step takes. After this time, the processes are ended anyway. */
    private static final int LAST_STEP_SECONDS = 20;

    private SoakMain() {}

    public static void main(String[] words) {
        SoakOptions options;
        try {
            options = SoakOptions.parse(words, Math.abs(new SecureRandom().nextInt()));
        } catch (IllegalArgumentException wrong) {
            System.err.println("make soak: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        System.exit(soak(options));
    }

    private static int soak(SoakOptions options) {
        Path project = Binaries.project();
        System.out.printf("seed %d, %d clients, up to %s%n", options.seed(), options.clients(), options.atMost());
        try (ControlPlaneSession plane = new ControlPlaneSession()) {
            plane.open();
            logTo(project.resolve("target/soak/operator-" + options.seed() + ".log"));
            var log = new OperationLog(project.resolve("target/soak/seed-" + options.seed() + ".log"));
            try (Soak soak = new Soak(options, log, System.out)) {
                var over = new CountDownLatch(1);
                Thread hook = stopAtCtrlC(soak, over);
                try {
                    List<Finding> findings = soak.run();
                    return findings.isEmpty() ? 0 : 1;
                } finally {
                    soak.report();
                    over.countDown();
                    forget(hook);
                }
            }
        }
    }

    /** Redirects the logs of the operators in this process to a file. */
    private static void logTo(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Logger root = Logger.getLogger("");
            for (Handler each : root.getHandlers()) {
                root.removeHandler(each);
            }
            var handler = new FileHandler(file.toString());
            handler.setFormatter(new SimpleFormatter());
            root.addHandler(handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** At Ctrl-C, reports the findings and closes the soak. The control plane and the operators end with this JVM. */
    private static Thread stopAtCtrlC(Soak soak, CountDownLatch over) {
        Thread hook = new Thread(
                () -> {
                    soak.stop();
                    try {
                        if (!over.await(LAST_STEP_SECONDS, TimeUnit.SECONDS)) {
                            soak.report();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    soak.close();
                },
                "soak-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The JVM is already shutting down, and the hook waits for this thread.
        }
    }
}
