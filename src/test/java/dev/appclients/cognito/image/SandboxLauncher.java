package dev.appclients.cognito.image;

import dev.appclients.cognito.bench.OperatorLauncher;
import dev.appclients.cognito.controlplane.Binaries;
import dev.appclients.cognito.controlplane.OperatorJar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts the operator of a root file system in a {@link Sandbox}, with the options of the Deployment.
 *
 * @param command of the image
 * @param directory the {@code /tmp} of the operator
 */
record SandboxLauncher(Path root, List<String> command, Path directory) implements OperatorLauncher {

    private static final String JAR = "-jar";

    @Override
    public List<String> command(List<String> jvm) {
        List<String> options =
                new ArrayList<>(OperatorJar.of(Binaries.project()).deploymentOptions());
        options.addAll(jvm);
        List<String> words = new ArrayList<>(command);
        words.addAll(words.indexOf(JAR), options);
        return new Sandbox(root, directory, Map.of()).command(words);
    }

    @Override
    public Path visible(Path file) {
        return Path.of("/tmp")
                .resolve(directory
                        .toAbsolutePath()
                        .relativize(file.toAbsolutePath())
                        .toString());
    }

    @Override
    public ProcessHandle operator(ProcessHandle started) {
        return Sandbox.program(started).orElse(started);
    }
}
