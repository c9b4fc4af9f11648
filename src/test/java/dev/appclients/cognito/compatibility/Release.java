package dev.appclients.cognito.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A stored release: its CRDs, one large object of each kind, and the changes since then that are allowed. {@code make store-release}
 * writes it.
 */
record Release(String version, Path directory) {

    private static final Path STORED = Path.of("src/test/resources/releases");
    private static final Path CURRENT = Path.of("crds");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The newest stored release. */
    static Release newest() {
        try (Stream<Path> releases = Files.list(STORED)) {
            return releases.filter(Files::isDirectory)
                    .map(directory -> new Release(directory.getFileName().toString(), directory))
                    .max(Comparator.comparing(Release::sortable))
                    .orElseThrow(() -> new IllegalStateException("no release is stored: run make store-release"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version with numbers of equal length. */
    private String sortable() {
        return Stream.of(version.split("\\.")).map("%5s"::formatted).collect(Collectors.joining("."));
    }

    Path crds() {
        return directory.resolve("crds");
    }

    List<Path> crdFiles() {
        return files(crds());
    }

    List<Path> objects() {
        return files(directory.resolve("objects"));
    }

    /** The reasons of the allowed changes, by change. Each line of the file is {@code <CRD> <change> # <reason>}. */
    Map<String, String> allowed() {
        try {
            Map<String, String> allowed = new TreeMap<>();
            for (String line : Files.readAllLines(directory.resolve("allowed-changes.txt"))) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    int reason = line.lastIndexOf(" # ");
                    allowed.put(
                            reason < 0 ? line : line.substring(0, reason),
                            reason < 0 ? "" : line.substring(reason + 3));
                }
            }
            return allowed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The changes of the current CRDs since this release. */
    List<String> changes() {
        return crdFiles().stream().flatMap(Release::changes).toList();
    }

    private static Stream<String> changes(Path before) {
        String name = before.getFileName().toString();
        String plural = name.substring(0, name.indexOf('.'));
        Path after = CURRENT.resolve(name);
        return Files.exists(after)
                ? SchemaChanges.between(read(before), read(after)).stream().map(change -> plural + " " + change)
                : Stream.of(plural + " the CRD is removed");
    }

    private static JsonNode read(Path crd) {
        try {
            return JSON.valueToTree(Serialization.unmarshal(Files.readString(crd), Map.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
