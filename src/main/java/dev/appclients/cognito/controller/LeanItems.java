package dev.appclients.cognito.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one watch, kept in a form that takes little memory.
 *
 * <p>The watch waits with its events until the first list is complete, and then announces the kept objects: no object waits in a
 * queue as the API server sent it.
 */
class LeanItems<R extends HasMetadata> implements ItemStore<R> {

    /** Makes the form that is kept. */
    @FunctionalInterface
    interface Lean<R> {

        /**
         * The object as it is kept.
         *
         * @param incoming as the API server sent it; may be changed, since later events carry this instance
         * @param former the version that was kept before; null for an object that is new
         */
        R lean(R incoming, @Nullable R former);
    }

    private final Map<String, Kept<R>> items = new ConcurrentHashMap<>();
    private final Lean<R> lean;

    LeanItems(Lean<R> lean) {
        this.lean = lean;
    }

    /** The instance that is the key already, so that the indexes hold no second one. */
    @Override
    public String getKey(R object) {
        String key = Cache.metaNamespaceKeyFunc(object);
        Kept<R> known = items.get(key);
        return known == null ? key : known.key();
    }

    @Override
    public @Nullable R put(String key, R object) {
        Kept<R> former = items.get(key);
        R kept = lean.lean(object, former == null ? null : former.object());
        items.put(key, new Kept<>(former == null ? key : former.key(), kept));
        return former == null ? null : former.object();
    }

    @Override
    public @Nullable R remove(String key) {
        Kept<R> removed = items.remove(key);
        return removed == null ? null : removed.object();
    }

    @Override
    public Stream<String> keySet() {
        return items.values().stream().map(Kept::key);
    }

    @Override
    public Stream<R> values() {
        return items.values().stream().map(Kept::object);
    }

    @Override
    public @Nullable R get(String key) {
        Kept<R> kept = items.get(key);
        return kept == null ? null : kept.object();
    }

    @Override
    public int size() {
        return items.size();
    }

    /** Announced is what is kept, once the first list is complete. */
    @Override
    public boolean isFullState() {
        return true;
    }

    private record Kept<R>(String key, R object) {}
}
