package dev.appclients.cognito.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of one release. */
record ReleaseFolder(Path directory) {

    static final String SUMS = "SHA256SUMS";

    /** An empty directory. */
    static ReleaseFolder create(Path directory) throws IOException {
        remove(directory);
        return new ReleaseFolder(Files.createDirectories(directory));
    }

    static void remove(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> tree = Files.walk(directory)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    void add(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    Path add(String name, Path file) throws IOException {
        return Files.copy(file, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes the checksums of every other file, in the format of {@code sha256sum}. */
    void writeSums() throws IOException {
        StringBuilder sums = new StringBuilder();
        for (Path file : files()) {
            sums.append(sum(file)).append("  ").append(file.getFileName()).append('\n');
        }
        add(SUMS, sums.toString());
    }

    /** A line for each file: size and name. */
    String listing() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Path file : files()) {
            lines.append("  %,10d KiB  %s%n".formatted((Files.size(file) + 1023) / 1024, file.getFileName()));
        }
        return lines.toString();
    }

    /** Without the checksums. */
    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.endsWith(SUMS)).sorted().collect(Collectors.toList());
        }
    }

    private static String sum(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
