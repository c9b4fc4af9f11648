package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Calls listeners when a pool's object is gone from the cache. The calls come from the filters of the informer: these see every event,
 * after the cache and before the clients are reconciled.
 */
final class PoolDeletions {

    private final List<Consumer<ClusterUserPool>> listeners = new CopyOnWriteArrayList<>();

    void addListener(Consumer<ClusterUserPool> listener) {
        listeners.add(listener);
    }

    /** The filter of deletions. It accepts every one. */
    boolean filterDelete(ClusterUserPool pool) {
        listeners.forEach(listener -> listener.accept(pool));
        return true;
    }

    /** The filter of updates. It accepts the changes that concern clients. */
    boolean filterUpdate(ClusterUserPool now, ClusterUserPool before) {
        // A new object has taken the name of the former while the watch was broken.
        if (!now.getMetadata().getUid().equals(before.getMetadata().getUid())) {
            filterDelete(before);
        }
        return !Pools.areSameToClients(now, before);
    }
}
