package dev.appclients.cognito.image;

import dev.appclients.cognito.bench.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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
        Training.train(directory, new SandboxLauncher(root, ImageLayout.entrypoint(false), directory), "/tmp/app.aot");
        Path written = directory.resolve("app.aot");
        if (!Files.exists(written)) {
            throw new IOException("The training wrote no AOT cache: see " + directory.resolve("operator.log"));
        }
        Files.createDirectories(cache.getParent());
        Files.move(written, cache, StandardCopyOption.REPLACE_EXISTING);
    }
}
