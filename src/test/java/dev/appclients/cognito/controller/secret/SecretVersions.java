package dev.appclients.cognito.controller.secret;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controlplane.Versions;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Watcher.Action;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Records every version of the Secrets in the namespace of a stage, from the API server's own watch. */
final class SecretVersions implements AutoCloseable {

    private final List<Version> versions = new CopyOnWriteArrayList<>();
    private final Versions<Secret> watch;

    /** @param data null if the Secret was deleted */
    record Version(String name, @Nullable Map<String, String> data) {}

    SecretVersions(Stage stage) {
        watch = Versions.of(
                stage.admin().secrets().inNamespace(stage.namespace()),
                (action, secret) -> versions.add(new Version(
                        secret.getMetadata().getName(), action == Action.DELETED ? null : secret.getData())));
    }

    /** The number of Secrets that held this client secret in full, after each recorded version from the first that did. */
    List<Integer> completeSecrets(String clientSecret) {
        String encoded = Base64.getEncoder().encodeToString(clientSecret.getBytes(StandardCharsets.UTF_8));
        Map<String, Map<String, String>> present = new HashMap<>();
        return versions.stream()
                .map(version -> {
                    if (version.data() == null) {
                        present.remove(version.name());
                    } else {
                        present.put(version.name(), version.data());
                    }
                    return (int) present.values().stream()
                            .filter(data -> data.containsValue(encoded))
                            .count();
                })
                .dropWhile(count -> count == 0)
                .toList();
    }

    /** The number of versions of this Secret, its deletion included. */
    long of(String name) {
        return versions.stream().filter(version -> version.name().equals(name)).count();
    }

    /** Whether the watch has seen the deletion of this Secret. */
    boolean sawDeletion(String name) {
        return versions.stream().anyMatch(version -> version.name().equals(name) && Objects.isNull(version.data()));
    }

    @Override
    public void close() {
        watch.close();
    }
}
