package dev.appclients.cognito.drift;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * An answer of the real service that its owner has published, and a manifest with mode Observe and the same settings.
 *
 * @param name the name of both files, without extension
 */
public record Published(String name) {

    private static final Path DIRECTORY = Path.of("src/test/resources/live");

    /** Every published answer. */
    public static List<Published> all() {
        try (var files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".json"))
                    .map(file -> new Published(file.substring(0, file.length() - ".json".length())))
                    .sorted((one, other) -> one.name.compareTo(other.name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer of the service, as JSON. */
    public String answer() {
        return read(".json");
    }

    /** The manifest, as YAML. */
    public String manifest() {
        return read(".yaml");
    }

    /** The manifest as the API server returns it. */
    public UserPoolClient object() {
        return Serialization.unmarshal(manifest(), UserPoolClient.class);
    }

    /** The id of the client. */
    public String clientId() {
        return Objects.requireNonNull(object().getSpec().adopt()).clientId();
    }

    @Override
    public String toString() {
        return name;
    }

    private String read(String ending) {
        try {
            return Files.readString(DIRECTORY.resolve(name + ending));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
