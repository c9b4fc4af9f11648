package dev.appclients.cognito.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps trained AOT caches by the contents of the image. The JVM does not write the same cache twice, so without this a second build of
 * the same image would have another digest.
 */
final class AotCaches {

    /** Each one has about 70 MB. */
    private static final int KEPT = 3;

    private final Path directory;
    private final InstantSource clock;

    AotCaches(Path directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    interface Training {
        /** Writes the cache to this file. */
        void train(Path file) throws IOException;
    }

    /** The cache of an image with these layers. Trains it if this machine has none. */
    Path of(List<ImageLayer> layers, Training training) throws IOException {
        Path cache = directory.resolve(key(layers) + ".aot");
        if (!Files.exists(cache)) {
            Files.createDirectories(directory);
            Path partial = Files.createTempDirectory(directory, "partial-");
            try {
                training.train(partial.resolve("app.aot"));
                Files.move(partial.resolve("app.aot"), cache);
            } finally {
                RootFilesystem.remove(partial);
            }
        }
        Files.setLastModifiedTime(cache, FileTime.from(clock.instant()));
        removeOldest();
        return cache;
    }

    private void removeOldest() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> unused = files.filter(file -> file.toString().endsWith(".aot"))
                    .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified())
                            .reversed())
                    .skip(KEPT)
                    .toList();
            for (Path file : unused) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** The digest of the path and the contents of each file. */
    private static String key(List<ImageLayer> layers) throws IOException {
        MessageDigest digest = sha256();
        for (ImageLayer layer : layers) {
            for (Path file : layer.files().toList()) {
                String entry = layer.directory().relativize(file) + "\0" + Files.size(file) + "\0";
                digest.update(entry.getBytes(StandardCharsets.UTF_8));
                try (InputStream contents = new DigestInputStream(Files.newInputStream(file), digest)) {
                    contents.transferTo(OutputStream.nullOutputStream());
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
