package dev.appclients.cognito.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Writes layers to an OCI archive with Jib.
 *
 * @param base null for an image of only these layers
 * @param layers from the one that changes least
 * @param cache whether the image contains an AOT cache
 * @param jib the directory of Jib's own caches
 */
record ImageArchive(
        @Nullable String base,
        ImageArch arch,
        String tag,
        List<ImageLayer> layers,
        boolean cache,
        Map<String, String> labels,
        Instant created,
        Path jib) {

    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");
    private static final FilePermissions SHARED = FilePermissions.fromOctalString("777");

    /** Writes the archive, and returns the digest of the image. */
    String write(Path file) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.deleteIfExists(partial);
        // Jib finds a cached layer by the paths and times of its files. The times are always the same here.
        RootFilesystem.remove(jib.resolve("layers"));
        try {
            JibContainerBuilder builder = from().setFormat(ImageFormat.OCI)
                    .setPlatforms(Set.of(new Platform(arch.ociName(), "linux")))
                    .setEntrypoint(ImageLayout.entrypoint(cache))
                    .setEnvironment(ImageLayout.environment())
                    .setExposedPorts(Port.tcp(ImageLayout.PORT))
                    .setUser(RootFilesystem.USER + ":" + RootFilesystem.USER)
                    .setLabels(labels)
                    .setCreationTime(created);
            for (ImageLayer layer : layers) {
                builder.addFileEntriesLayer(entries(layer));
            }
            JibContainer image =
                    builder.containerize(Containerizer.to(TarImage.at(partial).named(tag))
                            .setBaseImageLayersCache(jib.resolve("base"))
                            .setApplicationLayersCache(jib.resolve("layers"))
                            .setToolName("make image")
                            .addEventHandler(LogEvent.class, ImageArchive::warn));
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
            return image.getDigest().toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the image was written", e);
        } catch (ExecutionException e) {
            throw new IOException("The image was not written: " + e.getCause(), e);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("The image was not written: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private JibContainerBuilder from() throws Exception {
        if (base == null) {
            return Jib.fromScratch();
        }
        Path archive = Path.of(base);
        if (Files.isRegularFile(archive)) {
            return Jib.from(TarImage.at(DockerArchive.of(archive, jib.resolve("archives"))));
        }
        return Jib.from(base);
    }

    private static void warn(LogEvent event) {
        if (event.getLevel() == LogEvent.Level.WARN || event.getLevel() == LogEvent.Level.ERROR) {
            System.err.println("image: " + event.getMessage());
        }
    }

    private static FileEntriesLayer entries(ImageLayer layer) throws IOException {
        FileEntriesLayer.Builder entries = FileEntriesLayer.builder().setName(layer.name());
        for (Path file : layer.files().toList()) {
            AbsoluteUnixPath path = path(layer, file);
            if (Files.isExecutable(file)) {
                entries.addEntry(file, path, PROGRAM, ImageLayer.TIME);
            } else {
                entries.addEntry(file, path, ImageLayer.TIME);
            }
        }
        Path tmp = layer.directory().resolve("tmp");
        if (Files.exists(tmp)) {
            entries.addEntry(tmp, path(layer, tmp), SHARED, ImageLayer.TIME);
        }
        return entries.build();
    }

    private static AbsoluteUnixPath path(ImageLayer layer, Path file) {
        return AbsoluteUnixPath.get("/" + layer.directory().relativize(file));
    }
}
