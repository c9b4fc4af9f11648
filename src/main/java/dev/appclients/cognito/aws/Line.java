package dev.appclients.cognito.aws;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.model.PoolId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Stream;

/**
 * Those who wait to call one operation on one pool. Namespaces take turns: the one that was served goes to the end of the
 * ring, so a thousand waiters of one namespace delay another's first by one turn. Every step takes constant time.
 */
final class Line {

    /** Of this many grants in a row, one goes to a waiting drift check. */
    static final int DRIFT_TURN = 10;

    private final PoolId pool;
    private final Operation operation;
    private final Pacer pacer;
    private final Map<String, SequencedSet<Ticket>> users = new LinkedHashMap<>();
    private final Map<String, SequencedSet<Ticket>> drifts = new LinkedHashMap<>();
    private int usersInARow;

    Line(PoolId pool, Operation operation, double perSecond) {
        this.pool = pool;
        this.operation = operation;
        this.pacer = new Pacer(perSecond);
    }

    PoolId pool() {
        return pool;
    }

    Pacer pacer() {
        return pacer;
    }

    boolean isExclusive() {
        return operation.isExclusiveInPool();
    }

    boolean isEmpty() {
        return users.isEmpty() && drifts.isEmpty();
    }

    boolean hasDrift() {
        return !drifts.isEmpty();
    }

    /** Whether what this line would give next ranks as user-visible: a user's call, or the drift check whose turn it is. */
    boolean offersFirstRank() {
        return !users.isEmpty() || isDriftTurn();
    }

    void add(Ticket ticket) {
        ring(ticket.priority())
                .computeIfAbsent(ticket.namespace(), namespace -> new LinkedHashSet<>())
                .add(ticket);
    }

    void remove(Ticket ticket) {
        Map<String, SequencedSet<Ticket>> ring = ring(ticket.priority());
        SequencedSet<Ticket> waiting = ring.get(ticket.namespace());
        if (waiting != null && waiting.remove(ticket) && waiting.isEmpty()) {
            ring.remove(ticket.namespace());
        }
    }

    /** Takes the ticket whose turn it is out of the line. Not to be called on an empty line. */
    Ticket take(boolean driftTurnOfTheLane) {
        boolean drift = hasDrift() && (driftTurnOfTheLane || isDriftTurn() || users.isEmpty());
        usersInARow = drift ? 0 : usersInARow + 1;
        return takeFrom(drift ? drifts : users);
    }

    /** Everybody leaves. */
    List<Ticket> clear() {
        List<Ticket> all = Stream.of(users, drifts)
                .flatMap(ring -> ring.values().stream())
                .flatMap(SequencedSet::stream)
                .toList();
        users.clear();
        drifts.clear();
        return all;
    }

    private boolean isDriftTurn() {
        return hasDrift() && usersInARow >= DRIFT_TURN - 1;
    }

    private static Ticket takeFrom(Map<String, SequencedSet<Ticket>> ring) {
        Iterator<Map.Entry<String, SequencedSet<Ticket>>> entries =
                ring.entrySet().iterator();
        Map.Entry<String, SequencedSet<Ticket>> first = entries.next();
        String namespace = first.getKey();
        SequencedSet<Ticket> waiting = first.getValue();
        entries.remove();
        Ticket ticket = waiting.removeFirst();
        if (!waiting.isEmpty()) {
            ring.put(namespace, waiting);
        }
        return ticket;
    }

    private Map<String, SequencedSet<Ticket>> ring(Priority priority) {
        return switch (priority) {
            case USER -> users;
            case DRIFT -> drifts;
        };
    }
}
