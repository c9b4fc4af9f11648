package dev.appclients.cognito.image;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.bench.OperatorLauncher;
import dev.appclients.cognito.controlplane.Binaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/**
 * The file system and the settings of an image, from which the operator starts as in a pod: see {@link Sandbox}.
 *
 * @param root the unpacked file system
 * @param entrypoint the command of the image
 * @param environment the variables of the image
 * @param compressedBytes the size of all layers in the archive
 */
public record UnpackedImage(Path root, List<String> entrypoint, Map<String, String> environment, long compressedBytes) {

    /** Unpacks an archive of {@code make image} into a directory beside it, and replaces an older one. */
    public static UnpackedImage unpack(Path archive) {
        Path parent = archive.toAbsolutePath().resolveSibling("unpacked");
        return unpack(archive, parent.resolve(archive.getFileName().toString().replaceFirst("\\.tar$", "")));
    }

    static UnpackedImage unpack(Path archive, Path root) {
        try {
            OciArchive image = new OciArchive(archive);
            RootFilesystem.remove(root);
            Files.createDirectories(root);
            image.unpack(root);
            Sandbox.createMountPoints(root);
            return read(root, image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The image of the packaged operator for this machine, built first if there is none or if the package is newer. Skips the test
     * where the machine cannot run it.
     */
    public static UnpackedImage ofThisBuild() {
        Optional<String> refusal = Sandbox.refusal();
        Assumptions.assumeTrue(
                refusal.isEmpty(),
                () -> "This machine cannot run the image: it refuses user, mount or process namespaces. "
                        + refusal.orElse(""));
        return unpackedOnce(builtOrSkipped(() -> ImageBuild.upToDate(Binaries.project())));
    }

    /** Skips the test on a machine that cannot download Debian's packages. */
    static Path builtOrSkipped(Supplier<Path> build) {
        try {
            return build.get();
        } catch (UncheckedIOException e) {
            Assumptions.assumeFalse(e.getCause() instanceof PackagesUnreachable, e.getCause()::getMessage);
            throw e;
        }
    }

    /** Several JVMs use the directory at the same time, so it is replaced only after the archive was. */
    private static UnpackedImage unpackedOnce(Path archive) {
        return ImageBuild.exclusively(Binaries.project(), () -> {
            String digest = new OciArchive(archive).digest().replace(':', '-').substring(0, 24);
            Path root = archive.resolveSibling("unpacked").resolve(digest);
            Path complete = root.resolveSibling(digest + ".complete");
            if (!Files.exists(complete)) {
                unpack(archive, root);
                Files.createFile(complete);
            }
            return read(root, new OciArchive(archive));
        });
    }

    private static UnpackedImage read(Path root, OciArchive image) throws IOException {
        JsonNode settings = image.config().path("config");
        List<String> entrypoint = new ArrayList<>();
        settings.path("Entrypoint").forEach(word -> entrypoint.add(word.asText()));
        Map<String, String> environment = new TreeMap<>();
        settings.path("Env").forEach(variable -> {
            String[] halves = variable.asText().split("=", 2);
            environment.put(halves[0], halves[1]);
        });
        return new UnpackedImage(root, entrypoint, environment, image.size());
    }

    /** The size of the archive's layers, in MiB. */
    public double compressedMebibytes() {
        return compressedBytes / (double) (1 << 20);
    }

    /** Starts the image in the benchmark. {@code directory} holds the kubeconfig and is {@code /tmp}. */
    public OperatorLauncher launcher(Path directory) {
        return new SandboxLauncher(root, entrypoint, directory);
    }

    /** Starts the operator, and returns at once. */
    public Container start(Container.Settings settings) {
        List<String> words = new ArrayList<>(entrypoint);
        words.addAll(settings.arguments());
        Map<String, String> variables = new TreeMap<>(environment);
        variables.putAll(settings.environment());
        return Container.start(root, words, settings.withEnvironment(variables));
    }
}
