package dev.appclients.cognito.api.v1beta1;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file below {@code src/test/resources/manifests}: an object to create, or an object and its update.
 *
 * @param documents one document, or two for an update
 * @param expected the errors of the API server, one per line; empty for a valid manifest
 * @param warnings the warnings of the operator, one per line
 * @param mutableCustom the mutable custom attributes of the pool; empty if unknown
 * @param counterpart the name of the valid manifest that shows the remedy
 */
record Manifest(
        Path file,
        List<GenericKubernetesResource> documents,
        List<String> expected,
        List<String> warnings,
        List<String> mutableCustom,
        String counterpart) {
    private static final Path ROOT = Path.of("src/test/resources/manifests");
    private static final String EXPECT = "# expect: ";
    private static final String WARN = "# warns: ";
    private static final String POOL = "# pool has: ";
    /** Not needed if the valid manifest has the same name. */
    private static final String VALID = "# valid: ";

    static Stream<Manifest> valid() {
        return in("valid");
    }

    static Stream<Manifest> invalid() {
        return in("invalid");
    }

    /** Returns a valid manifest by kind and name. */
    static GenericKubernetesResource valid(String kind, String name) {
        return read(ROOT.resolve(kind).resolve("valid").resolve(name + ".yaml"))
                .documents()
                .getFirst();
    }

    /** The valid manifests by kind and name. */
    static boolean isValid(String kind, String name) {
        return Files.exists(ROOT.resolve(kind).resolve("valid").resolve(name + ".yaml"));
    }

    String kind() {
        return ROOT.relativize(file).getName(0).toString();
    }

    private static List<String> marked(String mark, String text) {
        return text.lines()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .toList();
    }

    private static Stream<Manifest> in(String folder) {
        return Stream.of("clientsecretclaim", "clusteruserpool", "userpoolclient")
                .flatMap(kind -> list(ROOT.resolve(kind).resolve(folder)))
                .map(Manifest::read);
    }

    private static Stream<Path> list(Path folder) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Manifest read(Path file) {
        try {
            var text = Files.readString(file);
            var counterpart = marked(VALID, text).stream()
                    .findFirst()
                    .orElse(file.getFileName().toString().replace(".yaml", ""));
            var documents = Arrays.stream(text.split("(?m)^---$"))
                    .map(document -> Serialization.unmarshal(document, GenericKubernetesResource.class))
                    .toList();
            return new Manifest(
                    file, documents, marked(EXPECT, text), marked(WARN, text), marked(POOL, text), counterpart);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }
}
