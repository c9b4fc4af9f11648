package dev.appclients.cognito.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the binaries of the control plane are. {@code src/test/control-plane/install.sh} decides, and installs them if need be. */
public record Binaries(Path directory) {

    /** Blocks while the script installs what is missing; its progress goes to this process's stderr. */
    public static Binaries locate(Path project) {
        Path script = project.resolve("src/test/control-plane/install.sh");
        if (!Files.isRegularFile(script)) {
            throw new IllegalStateException("no " + script + ": run this in the project's directory");
        }
        try {
            Process process = new ProcessBuilder("bash", script.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            String directory = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("no control plane: 'make control-plane' says what is missing");
            }
            return new Binaries(Path.of(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the control plane was being installed", e);
        }
    }

    /** The directory of the project: Maven names it to the tests, elsewhere it is the working directory. */
    public static Path project() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }

    String etcd() {
        return directory.resolve("etcd").toString();
    }

    String apiServer() {
        return directory.resolve("kube-apiserver").toString();
    }

    String controllerManager() {
        return directory.resolve("kube-controller-manager").toString();
    }

    public String kubectl() {
        return directory.resolve("kubectl").toString();
    }
}
