package dev.appclients.cognito.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The directory of the control plane's binaries. {@code src/test/control-plane/install.sh} finds or installs them. */
public record Binaries(Path directory) {

    /** Blocks while the script installs missing binaries. The script prints its progress to this process's stderr. */
    public static Binaries locate(Path project) {
        Path script = project.resolve("src/test/control-plane/install.sh");
        if (!Files.isRegularFile(script)) {
            throw new IllegalStateException(script + " not found: run this in the project's directory");
        }
        try {
            Process process = new ProcessBuilder("bash", script.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            String directory = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("no control plane: 'make control-plane' prints the missing binaries");
            }
            return new Binaries(Path.of(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during the installation of the control plane", e);
        }
    }

    /** The project's directory: from Maven in tests, otherwise the working directory. */
    public static Path project() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }

    /** Lets kubectl and helm cache what an API server serves in this directory, and not in the user's home, where it would stay. */
    public static void keepCacheIn(Path directory, Map<String, String> environment) {
        environment.put("KUBECACHEDIR", directory.resolve("kube-cache").toString());
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
