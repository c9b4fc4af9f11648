package dev.appclients.cognito.collection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SequencedSet;

/**
 * A queue that serves namespaces round robin. A served namespace goes to the end. A thousand items of one namespace delay the first
 * item of another by one turn only. Not thread-safe.
 *
 * @param <T> the items; the queue contains an item at most once
 */
public final class RoundRobinQueue<T> {

    /** A namespace without items keeps its place after {@link #clear}. */
    private final LinkedHashMap<String, SequencedSet<T>> places = new LinkedHashMap<>();

    private int waiting;

    /** Creates an empty queue. */
    public RoundRobinQueue() {}

    /** The number of waiting items. */
    public int size() {
        return waiting;
    }

    /** Whether no item waits. */
    public boolean isEmpty() {
        return waiting == 0;
    }

    /** Adds an item behind the others of its namespace. */
    public void add(String namespace, T item) {
        if (places.computeIfAbsent(namespace, unknown -> new LinkedHashSet<>()).add(item)) {
            waiting++;
        }
    }

    /** Removes an item if the queue contains it. */
    public void remove(String namespace, T item) {
        SequencedSet<T> others = places.get(namespace);
        if (others != null && others.remove(item)) {
            waiting--;
            if (others.isEmpty()) {
                places.remove(namespace);
            }
        }
    }

    /**
     * Removes and returns the next item.
     *
     * @throws NoSuchElementException if no item waits
     */
    public T take() {
        Map.Entry<String, SequencedSet<T>> turn = places.entrySet().stream()
                .filter(place -> !place.getValue().isEmpty())
                .findFirst()
                .orElseThrow();
        SequencedSet<T> others = turn.getValue();
        T item = others.removeFirst();
        waiting--;
        if (others.isEmpty()) {
            places.remove(turn.getKey());
        } else {
            places.putLast(turn.getKey(), others);
        }
        return item;
    }

    /** Removes and returns all items. Each namespace keeps its place in the order. */
    public List<T> clear() {
        List<T> all = new ArrayList<>(waiting);
        places.values().forEach(others -> {
            all.addAll(others);
            others.clear();
        });
        waiting = 0;
        return all;
    }

    /** Removes the places of namespaces without items. */
    public void forgetPlaces() {
        places.values().removeIf(SequencedSet::isEmpty);
    }
}
