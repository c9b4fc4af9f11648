package dev.appclients.cognito.image;

import dev.appclients.cognito.bench.OperatorLauncher;
import dev.appclients.cognito.bench.Training;
import dev.appclients.cognito.controlplane.Binaries;
import dev.appclients.cognito.controlplane.OperatorJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Trains the AOT cache with the runtime of the image, at its paths and with its modification times. */
final class AotTraining {

    private AotTraining() {}

    /**
     * @param root the root file system of the image
     * @param directory for the logs
     * @param cache the file to write
     */
    static void train(Path root, Path directory, Path cache) throws IOException {
        Files.createDirectories(directory);
        Training.train(directory, new InSandbox(root, directory), "/tmp/app.aot");
        Path written = directory.resolve("app.aot");
        if (!Files.exists(written)) {
            throw new IOException("The training wrote no AOT cache: see " + directory.resolve("operator.log"));
        }
        Files.createDirectories(cache.getParent());
        Files.move(written, cache, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Starts the operator of a root file system. The directory is its {@code /tmp}. */
    record InSandbox(Path root, Path directory) implements OperatorLauncher {

        @Override
        public List<String> command(List<String> jvm) {
            List<String> options =
                    new ArrayList<>(OperatorJar.of(Binaries.project()).deploymentOptions());
            options.addAll(jvm);
            return new Sandbox(root, directory, Map.of()).command(ImageLayout.command(options));
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
}
