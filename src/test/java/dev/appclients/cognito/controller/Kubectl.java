package dev.appclients.cognito.controller;

import dev.appclients.cognito.controlplane.Binaries;
import dev.appclients.cognito.controlplane.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the real kubectl in one namespace. */
public record Kubectl(String namespace) {

    /** The exit code, and standard output and standard error together. */
    public record Output(int exitCode, String text) {}

    /** Runs kubectl with these arguments and without input. */
    public Output run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Binaries.locate(Binaries.project()).kubectl(),
                "--kubeconfig=" + TestCluster.adminKubeconfig(),
                "--namespace=" + namespace));
        command.addAll(List.of(arguments));
        return run(new ProcessBuilder(command));
    }

    /** Runs a shell command line with kubectl on the path and this cluster as the current context. */
    public static Output shell(String line) {
        ProcessBuilder bash = new ProcessBuilder("bash", "-o", "pipefail", "-c", line);
        Path kubectl = Path.of(Binaries.locate(Binaries.project()).kubectl());
        bash.environment().merge("PATH", kubectl.getParent().toString(), (path, ours) -> ours + ":" + path);
        bash.environment().put("KUBECONFIG", TestCluster.adminKubeconfig().toString());
        return run(bash);
    }

    private static Output run(ProcessBuilder command) {
        Binaries.keepCacheIn(Binaries.project().resolve("target"), command.environment());
        try {
            Process process = command.redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Output(process.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
