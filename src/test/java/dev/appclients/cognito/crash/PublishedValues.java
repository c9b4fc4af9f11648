package dev.appclients.cognito.crash;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Records every client secret that the operator's Secrets of a stage hold, in order. A repetition of the last one counts once. */
final class PublishedValues implements Watcher<Secret>, AutoCloseable {

    private final Map<String, List<String>> values = new ConcurrentHashMap<>();
    private final Watch watch;
    private volatile @Nullable WatcherException broken;

    PublishedValues(Stage stage) {
        watch = stage.admin()
                .secrets()
                .inNamespace(stage.namespace())
                .withLabel(Marks.CLIENT_UID)
                .watch(this);
    }

    /** The values of the Secret with this name, encoded. */
    List<String> of(String name) {
        if (broken != null) {
            throw new AssertionError(broken);
        }
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    @Override
    public void eventReceived(Action action, Secret secret) {
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
    public void onClose(WatcherException failed) {
        broken = failed;
    }

    @Override
    public void close() {
        watch.close();
    }
}
