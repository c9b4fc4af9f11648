package dev.appclients.cognito.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * Those who wait, by namespace. Namespaces take turns: the one that was served goes to the end of the ring, so a thousand
 * waiters of one namespace delay another's first by one turn.
 */
final class Ring {

    /** A namespace whose waiters were all sent away keeps its place until the places are forgotten. */
    private final LinkedHashMap<String, SequencedSet<Ticket>> places = new LinkedHashMap<>();

    private int waiting;

    boolean isEmpty() {
        return waiting == 0;
    }

    void add(Ticket ticket) {
        if (places.computeIfAbsent(ticket.namespace(), namespace -> new LinkedHashSet<>())
                .add(ticket)) {
            waiting++;
        }
    }

    void remove(Ticket ticket) {
        SequencedSet<Ticket> others = places.get(ticket.namespace());
        if (others != null && others.remove(ticket)) {
            waiting--;
            if (others.isEmpty()) {
                places.remove(ticket.namespace());
            }
        }
    }

    /** Takes out whose turn it is. Not to be called on an empty ring. */
    Ticket take() {
        Map.Entry<String, SequencedSet<Ticket>> turn = places.entrySet().stream()
                .filter(place -> !place.getValue().isEmpty())
                .findFirst()
                .orElseThrow();
        SequencedSet<Ticket> others = turn.getValue();
        Ticket ticket = others.removeFirst();
        waiting--;
        if (others.isEmpty()) {
            places.remove(turn.getKey());
        } else {
            places.putLast(turn.getKey(), others);
        }
        return ticket;
    }

    /** Everybody leaves; each namespace keeps its place. */
    List<Ticket> clear() {
        List<Ticket> all = new ArrayList<>(waiting);
        places.values().forEach(others -> {
            all.addAll(others);
            others.clear();
        });
        waiting = 0;
        return all;
    }

    /** So many leave, of each namespace as many as of the others; each namespace keeps its place. */
    List<Ticket> spare(int most) {
        List<Ticket> spared = new ArrayList<>();
        while (spared.size() < most && waiting > 0) {
            for (SequencedSet<Ticket> others : places.values()) {
                if (!others.isEmpty() && spared.size() < most) {
                    spared.add(others.removeFirst());
                    waiting--;
                }
            }
        }
        return spared;
    }

    /** Who does not wait has no place any more. */
    void forgetPlaces() {
        places.values().removeIf(SequencedSet::isEmpty);
    }
}
