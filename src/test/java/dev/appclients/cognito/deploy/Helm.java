package dev.appclients.cognito.deploy;

import dev.appclients.cognito.controlplane.Binaries;
import dev.appclients.cognito.controlplane.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs the real helm with configuration, cache and data of its own. */
record Helm(String name, Path program) {

    /** The exit code, standard output, and standard error. */
    record Output(int exitCode, String text, String errors) {

        /** @throws AssertionError with the output if the exit code is not 0 */
        Output orFail() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + "\n" + text + errors);
            }
            return this;
        }
    }

    /** Helm 3 and Helm 4. */
    static List<Helm> both() {
        return List.of(new Helm("helm 3", Tools.helm3()), new Helm("helm 4", Tools.helm4()));
    }

    static Helm newest() {
        return both().getLast();
    }

    /** Runs helm without a cluster. */
    Output run(String... arguments) {
        return run(null, List.of(arguments));
    }

    /** @param kubeconfig the cluster, or null for none */
    Output run(@Nullable Path kubeconfig, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        return run(new ProcessBuilder(command), environment(kubeconfig));
    }

    /** Runs a shell command line in which {@code helm} is this program and {@code kubectl} is that of the control plane. */
    Output shell(Path kubeconfig, Path kubectl, String line) {
        try {
            Path path = Files.createTempDirectory(home(), "path");
            Files.createSymbolicLink(path.resolve("helm"), program);
            Files.createSymbolicLink(path.resolve("kubectl"), kubectl);
            Map<String, String> variables = environment(kubeconfig);
            variables.put("PATH", path + ":" + System.getenv("PATH"));
            return run(new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", line), variables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> environment(@Nullable Path kubeconfig) {
        Path home = home();
        return new TreeMap<>(Map.of(
                "KUBECONFIG", kubeconfig == null ? "/nonexistent" : kubeconfig.toString(),
                "HELM_CACHE_HOME", home.resolve("cache").toString(),
                "HELM_CONFIG_HOME", home.resolve("config").toString(),
                "HELM_DATA_HOME", home.resolve("data").toString()));
    }

    private static Path home() {
        try {
            return Files.createDirectories(Path.of("target/helm").toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Output run(ProcessBuilder command, Map<String, String> variables) {
        command.environment().putAll(variables);
        Binaries.keepCacheIn(home(), command.environment());
        try {
            Path errors = Files.createTempFile(home(), "errors", ".txt");
            Process process = command.redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            String message = Files.readString(errors);
            Files.delete(errors);
            return new Output(exitCode, text, message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
