package dev.appclients.cognito.controlplane;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands the versions of objects to an observer, from those of a list on, without a gap. A watch without a version starts again at
 * whatever exists when its connection breaks before the first event, and leaves out what was between.
 */
public final class Versions<T extends HasMetadata> implements Watcher<T>, AutoCloseable {

    private final BiConsumer<Action, T> observer;
    private final Watch watch;
    private volatile @Nullable Throwable failure;

    private Versions(
            FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?> objects,
            BiConsumer<Action, T> observer) {
        this.observer = observer;
        KubernetesResourceList<T> list = objects.list();
        list.getItems().forEach(object -> observer.accept(Action.ADDED, object));
        watch = objects.withResourceVersion(list.getMetadata().getResourceVersion())
                .watch(this);
    }

    /** Calls the observer with each object that exists, as {@code ADDED}, and then with each change. */
    public static <T extends HasMetadata> Versions<T> of(
            FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?> objects,
            BiConsumer<Action, T> observer) {
        return new Versions<>(objects, observer);
    }

    @Override
    public void eventReceived(Action action, T object) {
        if (action == Action.BOOKMARK) {
            return;
        }
        try {
            observer.accept(action, object);
        } catch (RuntimeException | Error failed) {
            failure = failed;
        }
    }

    @Override
    public void onClose(WatcherException broken) {
        failure = broken;
    }

    /** Ends the watch. Fails if it broke off, or if the observer failed: the test would have judged by a part. */
    @Override
    public void close() {
        watch.close();
        if (failure != null) {
            throw new AssertionError("the watch does not know every version", failure);
        }
    }
}
