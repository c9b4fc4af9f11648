package dev.appclients.cognito.controller.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An item store of one informer that keeps objects in a form that takes little memory.
 *
 * <p>The informer holds its events back until the first list is complete, and then sends the kept objects: no queue holds an object as the
 * API server sent it.
 */
class LeanItems<R extends HasMetadata> implements ItemStore<R> {

    /** Converts an object to the form that is kept. */
    @FunctionalInterface
    interface Lean<R> {

        /**
         * Returns the object in the form that is kept.
         *
         * @param incoming as the API server sent it; may be changed in place, and the events carry this instance
         * @param former the version that was kept before; null for an object that is new
         */
        R lean(R incoming, @Nullable R former);
    }

    private final Map<String, Kept<R>> items = new ConcurrentHashMap<>();
    private final Lean<R> lean;

    LeanItems(Lean<R> lean) {
        this.lean = lean;
    }

    /** Returns the instance that is already the key, so that the indexes hold no second one. */
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
        String instance = former == null ? key : former.key();
        items.put(key, new Kept<>(instance, kept));
        changed(instance, former == null ? null : former.object(), kept);
        return former == null ? null : former.object();
    }

    @Override
    public @Nullable R remove(String key) {
        Kept<R> removed = items.remove(key);
        if (removed == null) {
            return null;
        }
        changed(removed.key(), removed.object(), null);
        return removed.object();
    }

    /**
     * Called by the thread of the informer after each change of the store. Does nothing here.
     *
     * @param key the instance that the store keeps
     * @param before null if the object is new
     * @param now null if the object is gone
     */
    protected void changed(String key, @Nullable R before, @Nullable R now) {}

    /** The objects with these keys. A key without an object is skipped. */
    final Stream<R> found(Collection<String> keys) {
        return keys.stream().flatMap(key -> Stream.ofNullable(get(key)));
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

    /** True: the informer then sends the kept objects once the first list is complete. */
    @Override
    public boolean isFullState() {
        return true;
    }

    private record Kept<R>(String key, R object) {}
}
