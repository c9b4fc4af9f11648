package dev.appclients.cognito.controller.cluster;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the keys of cached objects by a value. A value with one object costs one map entry. An index of the informer costs a map for
 * each value.
 *
 * <p>One thread changes the index of an item store. Any thread may read.
 */
final class KeyIndex<V> {

    /** A key, or a concurrent set of keys. */
    private final Map<V, Object> keys = new ConcurrentHashMap<>();

    /** The keys with this value, in no order. */
    List<String> of(V value) {
        return switch (keys.get(value)) {
            case null -> List.of();
            case String key -> List.of(key);
            case Set<?> several -> several.stream().map(String.class::cast).toList();
            default -> throw new IllegalStateException("neither a key nor a set of keys");
        };
    }

    /**
     * Replaces the value of an object.
     *
     * @param before null if the object had none
     * @param now null if the object has none
     */
    void move(String key, @Nullable V before, @Nullable V now) {
        if (before != null && !before.equals(now)) {
            keys.computeIfPresent(before, (value, known) -> without(key, known));
        }
        if (now != null && !now.equals(before)) {
            keys.merge(now, key, (known, added) -> with(key, known));
        }
    }

    /** The number of values. */
    int size() {
        return keys.size();
    }

    @SuppressWarnings("unchecked") // every set in the map is made here
    private static Object with(String key, Object known) {
        if (known.equals(key)) {
            return known;
        }
        Set<String> several = known instanceof Set<?> ? (Set<String>) known : ConcurrentHashMap.newKeySet();
        if (known instanceof String only) {
            several.add(only);
        }
        several.add(key);
        return several;
    }

    private static @Nullable Object without(String key, Object known) {
        if (known instanceof Set<?> several) {
            several.remove(key);
            return several.isEmpty() ? null : several;
        }
        return known.equals(key) ? null : known;
    }
}
