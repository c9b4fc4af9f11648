package dev.appclients.cognito.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/** Runs a child process with its output in a file until {@link #close}. */
public final class Server implements AutoCloseable {

    private static final int TAIL = 20;

    private final String name;
    private final Process process;
    private final Path log;

    private Server(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Reports a server that did not start. The message contains the end of its log. */
    public static final class StartFailed extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        StartFailed(String message) {
            super(message);
        }
    }

    /**
     * Starts the process, in its own session if the system supports that. So Ctrl-C in a terminal reaches this JVM and not the
     * server. The process inherits the environment, changed by {@code environment}.
     */
    public static Server start(String name, List<String> command, Consumer<Map<String, String>> environment, Path log) {
        List<String> words = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            words.add("/usr/bin/setsid");
        }
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        environment.accept(builder.environment());
        try {
            return new Server(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + name, e);
        }
    }

    /**
     * Polls until the condition holds.
     *
     * @throws StartFailed if the process ends first, or the time is over
     */
    public void awaitUntil(String condition, Duration patience, Callable<Boolean> holds) {
        awaitUntil(condition, patience, Duration.ofMillis(50), holds);
    }

    /** Like above, once per interval. Use it if the server logs each check. */
    public void awaitUntil(String condition, Duration patience, Duration interval, Callable<Boolean> holds) {
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(interval)
                    .atMost(patience)
                    .ignoreExceptions()
                    .failFast(() -> !process.isAlive())
                    .until(holds);
        } catch (TerminalFailureException ended) {
            throw new StartFailed(name + " ended with code " + process.exitValue() + " before " + condition + tail());
        } catch (ConditionTimeoutException late) {
            throw new StartFailed(
                    name + " is running, but not yet after " + patience.toSeconds() + " s: " + condition + tail());
        }
    }

    /** The exit code of a process that has ended. */
    public int exitCode() {
        return process.exitValue();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    boolean portWasTaken() {
        return !process.isAlive() && read().contains("address already in use");
    }

    private String tail() {
        List<String> lines = read().lines().toList();
        String end = String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        return "\nthe end of " + log + ":\n  " + end;
    }

    private String read() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(" + e + ")";
        }
    }

    /** Kills the process and returns when it has ended. The data of the test bed needs no orderly stop. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
