package dev.appclients.cognito.aws;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may call when, for everything that draws on one quota of one account in one Region. User-visible calls go before
 * drift checks, which keep a tenth; pools take turns, and within a pool namespaces do; updates and deletes of one pool never
 * overlap. Deterministic and without threads: the caller holds the lock and brings the time, in nanoseconds since some start.
 */
final class Lane {

    private static final int MANY_LINES = 256;

    private final Pacer category;
    private final Crowd crowd;
    private final double perSecondInPool;
    /** In the order of their turns. */
    private final LinkedHashMap<Key, Line> lines = new LinkedHashMap<>();

    private final Set<PoolId> busy = new HashSet<>();
    private int usersInARow;

    /**
     * @param perSecond of the whole lane; 0 for no limit
     * @param perSecondInPool per pool and operation; 0 for no limit
     */
    Lane(double perSecond, double perSecondInPool) {
        this.category = new Pacer(perSecond);
        this.crowd = new Crowd(perSecond);
        this.perSecondInPool = perSecondInPool;
    }

    /** Joins the queue. The owner of the lane calls {@code wake} once {@link #next} has returned this ticket. */
    Ticket enqueue(PoolId pool, Operation operation, Priority priority, String namespace, Runnable wake) {
        Line line = lines.computeIfAbsent(new Key(pool, operation), key -> new Line(pool, operation, perSecondInPool));
        Ticket ticket = new Ticket(line, priority, namespace, wake);
        line.add(ticket);
        return ticket;
    }

    /** The next ticket that may call now, or null. Must be called until it returns null. */
    @Nullable
    Ticket next(long now) {
        if (crowd.isFull() || category.readyAt() > now) {
            return null;
        }
        boolean driftTurn = usersInARow >= Line.DRIFT_TURN - 1;
        Map.Entry<Key, Line> chosen = driftTurn ? first(now, Line::hasDrift) : null;
        boolean drift = chosen != null;
        if (chosen == null) {
            chosen = first(now, Line::offersFirstRank);
        }
        if (chosen == null) {
            chosen = first(now, line -> true);
        }
        return chosen == null ? null : grant(chosen, drift, now);
    }

    private Ticket grant(Map.Entry<Key, Line> chosen, boolean driftTurn, long now) {
        Line line = chosen.getValue();
        Ticket ticket = line.take(driftTurn);
        usersInARow = ticket.priority() == Priority.DRIFT ? 0 : usersInARow + 1;
        ticket.granted(new Ticket.Grants(category.grant(now), line.grant(now)));
        crowd.joined();
        if (line.isExclusive()) {
            busy.add(line.pool());
        }
        lines.putLast(chosen.getKey(), line);
        if (lines.size() > MANY_LINES) {
            lines.values().removeIf(other -> other.isForgettable(now));
        }
        return ticket;
    }

    /** When {@link #next} may have a ticket, if nothing else happens: {@link Long#MAX_VALUE} for not at all. */
    long readyAt() {
        if (crowd.isFull()) {
            return Long.MAX_VALUE;
        }
        long earliest = Long.MAX_VALUE;
        for (Line line : lines.values()) {
            if (!line.isEmpty() && !isBusy(line)) {
                earliest = Math.min(earliest, line.readyAt());
            }
        }
        return earliest == Long.MAX_VALUE ? earliest : Math.max(earliest, category.readyAt());
    }

    /** Leaves the queue, or gives back a grant that was not used. */
    void withdraw(Ticket ticket) {
        Ticket.Grants grants = ticket.grants();
        if (grants == null) {
            ticket.line().remove(ticket);
            return;
        }
        category.undo(grants.category());
        ticket.line().undo(grants.pool());
        release(ticket);
    }

    /** Nobody is served any more: all who wait leave, without a grant. */
    List<Ticket> clear() {
        return lines.values().stream().flatMap(line -> line.clear().stream()).toList();
    }

    /** The call is being made. Until then others are held back, lest all call at once. */
    void begun(Ticket ticket) {
        if (ticket.begin()) {
            crowd.left();
            ticket.line().begun();
        }
    }

    /** The call has ended. */
    void release(Ticket ticket) {
        begun(ticket);
        ticket.line().ended();
        if (ticket.line().isExclusive()) {
            busy.remove(ticket.line().pool());
        }
    }

    /** The service answered the call, and not with a throttle. */
    void answered(Ticket ticket) {
        ticket.line().answered();
    }

    /**
     * The service throttled the call: which of the two limits it was, it does not say.
     *
     * @param askedToWait how long it wants not to be asked, in nanoseconds; 0 if it did not say
     */
    void throttled(Ticket ticket, long now, long askedToWait) {
        category.throttled(now, askedToWait);
        ticket.line().throttled(now, askedToWait);
    }

    /**
     * The call came to nothing: it did not get through, or got no answer, or an error of the service itself.
     *
     * @return those who leave the queue without a grant; the owner of the lane wakes them
     */
    List<Ticket> failed(Ticket ticket, FailureKind failure, long now) {
        return ticket.line().failed(failure, now);
    }

    private Map.@Nullable Entry<Key, Line> first(long now, Predicate<Line> wanted) {
        for (Map.Entry<Key, Line> entry : lines.entrySet()) {
            Line line = entry.getValue();
            if (!line.isEmpty() && line.readyAt() <= now && !isBusy(line) && wanted.test(line)) {
                return entry;
            }
        }
        return null;
    }

    private boolean isBusy(Line line) {
        return line.isExclusive() && busy.contains(line.pool());
    }

    private record Key(PoolId pool, Operation operation) {}
}
