package dev.appclients.cognito.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The programs that check charts and rules. {@code src/test/tools/install.sh} finds them, and {@code make tools} installs them. */
public final class Tools {

    private static final Tools INSTALLED = new Tools(find(Binaries.project()));

    private final Map<String, Path> paths;

    private Tools(Map<String, Path> paths) {
        this.paths = paths;
    }

    /** @throws IllegalStateException if {@code make tools} has not installed the tools */
    public static Path helm3() {
        return INSTALLED.path("helm3");
    }

    /** @throws IllegalStateException if {@code make tools} has not installed the tools */
    public static Path helm4() {
        return INSTALLED.path("helm4");
    }

    /** @throws IllegalStateException if {@code make tools} has not installed the tools */
    public static Path kubeconform() {
        return INSTALLED.path("kubeconform");
    }

    /** @throws IllegalStateException if {@code make tools} has not installed the tools */
    public static Path promtool() {
        return INSTALLED.path("promtool");
    }

    private Path path(String tool) {
        Path path = paths.get(tool);
        if (path == null) {
            throw new IllegalStateException(tool + " is not installed: run `make tools`");
        }
        return path;
    }

    /** The installed ones. */
    private static Map<String, Path> find(Path project) {
        try {
            Process script = new ProcessBuilder(
                            "bash", project.resolve("src/test/tools/install.sh").toString(), "--find")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            script.getOutputStream().close();
            Map<String, Path> found = new HashMap<>();
            new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" ", 2))
                    .forEach(line -> found.put(line[0], Path.of(line[1])));
            script.waitFor();
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking for the tools", e);
        }
    }
}
