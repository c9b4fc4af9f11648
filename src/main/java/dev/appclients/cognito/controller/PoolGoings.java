package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Notices that a pool is gone, in the filters of the watch that fills the cache: they see every event, after the cache and before the
 * clients are woken.
 */
final class PoolGoings {

    private final List<Consumer<ClusterUserPool>> listeners = new CopyOnWriteArrayList<>();

    /** From now on this is given each pool that is gone. */
    void tell(Consumer<ClusterUserPool> listener) {
        listeners.add(listener);
    }

    /** A filter of deletions, which lets every one pass. */
    boolean gone(ClusterUserPool pool) {
        listeners.forEach(listener -> listener.accept(pool));
        return true;
    }

    /** A filter of updates: whether the clients see a difference. */
    boolean concernsClients(ClusterUserPool now, ClusterUserPool before) {
        // One object in the place of another, while the watch was broken.
        if (!now.getMetadata().getUid().equals(before.getMetadata().getUid())) {
            gone(before);
        }
        return !Pools.sameToClients(now, before);
    }
}
