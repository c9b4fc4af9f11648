package dev.appclients.cognito.aws.budget;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.BudgetState;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolId;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides the order and the times of all calls that draw on one quota of one account in one Region. User-visible calls go before drift
 * checks, which keep a tenth. Pools take turns, and namespaces within a pool. Updates and deletes of one pool never overlap.
 * Deterministic and without threads: the caller holds the lock and passes the time, in nanoseconds since some start.
 */
final class QuotaScheduler {

    private static final int DISPOSE_ABOVE = 256;

    private final Pacer pacer;
    private final GrantLimit limit;
    private final double perSecondInPool;
    /** In the order of their turns. */
    private final LinkedHashMap<Key, OperationQueue> queues = new LinkedHashMap<>();

    private final Set<PoolId> poolsInExclusiveUse = new HashSet<>();
    private int userGrantsInARow;

    /**
     * @param perSecond the quota of all calls together; 0 for no limit
     * @param perSecondInPool the quota per pool and operation; 0 for no limit
     */
    QuotaScheduler(double perSecond, double perSecondInPool) {
        this.pacer = new Pacer(perSecond);
        this.limit = new GrantLimit(perSecond);
        this.perSecondInPool = perSecondInPool;
    }

    /** Queues a call. The owner of the scheduler calls {@code wake} after {@link #next} has returned this ticket. */
    Ticket enqueue(PoolId pool, Operation operation, Priority priority, String namespace, Runnable wake) {
        Ticket ticket = new Ticket(pool, operation, priority, namespace, wake);
        queues.computeIfAbsent(Key.of(ticket), key -> new OperationQueue(perSecondInPool))
                .add(ticket);
        return ticket;
    }

    /** Grants the next call that may be made now, or returns null. The owner repeats it until it returns null. */
    @Nullable
    Ticket next(long now) {
        if (limit.isReached() || pacer.readyAt() > now) {
            return null;
        }
        boolean driftCheckDue = userGrantsInARow >= OperationQueue.DRIFT_INTERVAL - 1;
        Map.Entry<Key, OperationQueue> chosen = driftCheckDue ? firstReady(now, OperationQueue::hasDriftCheck) : null;
        boolean driftCheckFirst = chosen != null;
        if (chosen == null) {
            chosen = firstReady(now, OperationQueue::ranksAsUserVisible);
        }
        if (chosen == null) {
            chosen = firstReady(now, queue -> true);
        }
        return chosen == null ? null : grant(chosen, driftCheckFirst, now);
    }

    private Ticket grant(Map.Entry<Key, OperationQueue> chosen, boolean driftCheckFirst, long now) {
        OperationQueue queue = chosen.getValue();
        Ticket ticket = queue.take(driftCheckFirst);
        userGrantsInARow = ticket.priority() == Priority.DRIFT ? 0 : userGrantsInARow + 1;
        ticket.grant(new Ticket.Grants(pacer.grant(now), queue.grant(now)));
        limit.granted();
        if (ticket.operation().isExclusiveInPool()) {
            poolsInExclusiveUse.add(ticket.pool());
        }
        queues.putLast(chosen.getKey(), queue);
        if (queues.size() > DISPOSE_ABOVE) {
            queues.values().removeIf(other -> other.isDisposable(now));
        }
        return ticket;
    }

    /** The earliest time of the next grant; {@link Long#MAX_VALUE} while it depends on another event. */
    long readyAt() {
        if (limit.isReached()) {
            return Long.MAX_VALUE;
        }
        long earliest = Long.MAX_VALUE;
        for (Map.Entry<Key, OperationQueue> entry : queues.entrySet()) {
            if (!entry.getValue().isEmpty() && !isBlocked(entry.getKey())) {
                earliest = Math.min(earliest, entry.getValue().readyAt());
            }
        }
        return earliest == Long.MAX_VALUE ? earliest : Math.max(earliest, pacer.readyAt());
    }

    /** Removes a waiting ticket, or takes back a grant whose call was not made. */
    void withdraw(Ticket ticket) {
        Ticket.Grants grants = ticket.grants();
        if (grants == null) {
            OperationQueue queue = queues.get(Key.of(ticket));
            if (queue != null) {
                queue.remove(ticket);
            }
            return;
        }
        pacer.undo(grants.category());
        queue(ticket).undo(grants.pool());
        callEnded(ticket);
    }

    /** Removes all waiting tickets, without a grant. */
    List<Ticket> removeAll() {
        return queues.values().stream()
                .flatMap(queue -> queue.removeAll().stream())
                .toList();
    }

    /** The granted call has started: it no longer counts against the limit of pending grants. */
    void callStarted(Ticket ticket) {
        if (ticket.markStarted()) {
            limit.started();
            queue(ticket).callStarted();
        }
    }

    void callEnded(Ticket ticket) {
        callStarted(ticket);
        queue(ticket).callEnded();
        if (ticket.operation().isExclusiveInPool()) {
            poolsInExclusiveUse.remove(ticket.pool());
        }
    }

    /** The service answered the call, and not with a throttle. */
    void recordAnswer(Ticket ticket) {
        queue(ticket).recordAnswer();
    }

    /**
     * The service throttled the call. It does not say which of the two quotas was exceeded, so both slow down.
     *
     * @param retryAfter the pause that the service asked for, in nanoseconds; 0 for none
     */
    void recordThrottle(Ticket ticket, long now, long retryAfter) {
        pacer.recordThrottle(now, retryAfter);
        queue(ticket).recordThrottle(now, retryAfter);
    }

    /**
     * The call did not reach the service, got no answer, or got a server error.
     *
     * @return the tickets that leave the queue without a grant; the owner of the scheduler wakes them
     */
    List<Ticket> recordFailure(Ticket ticket, FailureKind failure, long now) {
        return queue(ticket).recordFailure(failure, now);
    }

    /** The state of this quota. */
    BudgetState state(String region, Operation.Category quota, long now) {
        int waiting = 0;
        double rate = pacer.factor(now);
        Map<Operation, Integer> open = new EnumMap<>(Operation.class);
        for (Map.Entry<Key, OperationQueue> each : queues.entrySet()) {
            OperationQueue queue = each.getValue();
            waiting += queue.waiting();
            rate = Math.min(rate, queue.rateFactor(now));
            open.merge(each.getKey().operation(), queue.isBreakerOpen(now) ? 1 : 0, Integer::sum);
        }
        return new BudgetState(region, quota, waiting, rate, open);
    }

    private Map.@Nullable Entry<Key, OperationQueue> firstReady(long now, Predicate<OperationQueue> condition) {
        for (Map.Entry<Key, OperationQueue> entry : queues.entrySet()) {
            OperationQueue queue = entry.getValue();
            if (!queue.isEmpty() && queue.readyAt() <= now && !isBlocked(entry.getKey()) && condition.test(queue)) {
                return entry;
            }
        }
        return null;
    }

    private boolean isBlocked(Key key) {
        return key.operation().isExclusiveInPool() && poolsInExclusiveUse.contains(key.pool());
    }

    /** The queue of a granted ticket: it is kept until the call has ended. */
    private OperationQueue queue(Ticket ticket) {
        return Objects.requireNonNull(queues.get(Key.of(ticket)));
    }

    private record Key(PoolId pool, Operation operation) {

        static Key of(Ticket ticket) {
            return new Key(ticket.pool(), ticket.operation());
        }
    }
}
