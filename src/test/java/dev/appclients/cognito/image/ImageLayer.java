package dev.appclients.cognito.image;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * One layer of the image.
 *
 * @param name for people
 * @param directory becomes {@code /}
 */
record ImageLayer(String name, Path directory) {

    /**
     * The modification time of every file. The JVM accepts an AOT cache only if the jars have the times of its training, so files have
     * this time before the training and in the archive.
     */
    static final Instant TIME = Instant.ofEpochSecond(1);

    /** The files, without directories and sorted by path. */
    Stream<Path> files() throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(path -> !Files.isDirectory(path)).sorted().toList().stream();
        }
    }

    /** Replaces each link by its target, and sets the time of every file. */
    void normalize() throws IOException {
        for (Path file : files().toList()) {
            if (Files.isSymbolicLink(file)) {
                Path real = file.toRealPath();
                Files.delete(file);
                Files.copy(real, file);
            }
            Files.setLastModifiedTime(file, FileTime.from(TIME));
        }
    }

    /** Adds the files to another directory as hard links. */
    void linkInto(Path root) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(root.resolve(directory.relativize(from)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                Files.createLink(root.resolve(directory.relativize(from)), from);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
