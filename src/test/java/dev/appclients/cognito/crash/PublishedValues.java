package dev.appclients.cognito.crash;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controlplane.Versions;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Watcher.Action;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records every client secret that the operator's Secrets of a stage hold, in order. A repetition of the last one counts once. */
final class PublishedValues implements AutoCloseable {

    private final Map<String, List<String>> values = new ConcurrentHashMap<>();
    private final Versions<Secret> watch;

    PublishedValues(Stage stage) {
        watch = Versions.of(
                stage.admin().secrets().inNamespace(stage.namespace()).withLabel(Marks.CLIENT_UID), this::record);
    }

    /** The values of the Secret with this name, encoded. */
    List<String> of(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    private void record(Action action, Secret secret) {
        String value = secret.getData() == null ? null : secret.getData().get("client-secret");
        if (action == Action.DELETED || value == null) {
            return;
        }
        List<String> known =
                values.computeIfAbsent(secret.getMetadata().getName(), name -> new CopyOnWriteArrayList<>());
        if (known.isEmpty() || !known.getLast().equals(value)) {
            known.add(value);
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
