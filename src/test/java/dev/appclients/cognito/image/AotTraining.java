package dev.appclients.cognito.image;

import dev.appclients.cognito.bench.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Trains the AOT cache with the runtime of the image, at its paths and with its modification times. */
final class AotTraining {

    /** The JVM's last message about a cache that it has written. */
    private static final String COMPLETE = "AOTCache creation is complete";

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
        Path log = directory.resolve("operator.log");
        if (!Files.exists(written) || !Files.readString(log).contains(COMPLETE)) {
            throw new IOException("The training wrote no complete AOT cache: see " + log);
        }
        Files.move(written, cache, StandardCopyOption.REPLACE_EXISTING);
    }
}
