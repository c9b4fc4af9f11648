package dev.appclients.cognito.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SequencedSet;

/**
 * A queue in which namespaces take turns. The namespace that was served goes to the end, so a thousand items of one namespace
 * delay the first item of another by one turn. Not safe for use by several threads at once.
 *
 * @param <T> what waits; an item is in the queue at most once
 */
public final class RoundRobin<T> {

    /** A namespace whose items were all cleared keeps its place until the places are forgotten. */
    private final LinkedHashMap<String, SequencedSet<T>> places = new LinkedHashMap<>();

    private int waiting;

    /** An empty queue. */
    public RoundRobin() {}

    /** Whether no item waits. */
    public boolean isEmpty() {
        return waiting == 0;
    }

    /** How many items wait. */
    public int size() {
        return waiting;
    }

    /** Adds an item behind the others of its namespace. */
    public void add(String namespace, T item) {
        if (places.computeIfAbsent(namespace, unknown -> new LinkedHashSet<>()).add(item)) {
            waiting++;
        }
    }

    /** Removes an item, if it waits. */
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
     * Removes and returns the item whose turn it is.
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

    /** Removes and returns all items. Each namespace keeps its place, so that the next turn is not the same one's again. */
    public List<T> clear() {
        List<T> all = new ArrayList<>(waiting);
        places.values().forEach(others -> {
            all.addAll(others);
            others.clear();
        });
        waiting = 0;
        return all;
    }

    /** Namespaces without items lose the places that {@link #clear} kept for them. */
    public void forgetPlaces() {
        places.values().removeIf(SequencedSet::isEmpty);
    }
}
