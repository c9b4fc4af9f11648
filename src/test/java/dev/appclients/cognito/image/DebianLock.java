package dev.appclients.cognito.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The Debian packages of the image, each with its checksum. The committed file makes builds repeatable.
 *
 * @param resolved when the versions were the newest; the snapshot archive serves them under this time
 */
record DebianLock(Instant resolved, List<DebianPackage> packages) {

    static final Path FILE = Path.of("src/main/image/debian.lock");
    private static final String RESOLVED = "resolved ";

    static DebianLock read(Path project) throws IOException {
        return parse(Files.readAllLines(project.resolve(FILE)));
    }

    /** @throws IllegalArgumentException if a line has another form */
    static DebianLock parse(List<String> lines) {
        List<String> facts = lines.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        if (facts.isEmpty() || !facts.getFirst().startsWith(RESOLVED)) {
            throw new IllegalArgumentException("The first line of " + FILE + " must be 'resolved <time>'.");
        }
        return new DebianLock(
                Instant.parse(facts.getFirst().substring(RESOLVED.length())),
                facts.stream().skip(1).map(DebianPackage::parse).toList());
    }

    String text() {
        StringBuilder text = new StringBuilder("""
                # The Debian packages of the image: name, version, architecture, path in Debian's archive, SHA-256.
                # Written by: make image ARGS=--update-packages. See src/docs/image.md.
                """);
        text.append(RESOLVED).append(resolved).append('\n');
        packages.forEach(item -> text.append(item.line()).append('\n'));
        return text.toString();
    }

    List<DebianPackage> of(ImageArch arch) {
        return packages.stream().filter(item -> item.architecture() == arch).toList();
    }
}
