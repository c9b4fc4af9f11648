package dev.appclients.cognito.aws.budget;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.collection.RoundRobinQueue;
import dev.appclients.cognito.failure.FailureKind;
import java.util.List;

/** The waiting calls of one operation on one pool: a queue of user-visible calls, and one of drift checks. Namespaces take turns. */
final class OperationQueue {

    /** One of this many grants in a row goes to a waiting drift check. */
    static final int DRIFT_INTERVAL = 10;

    /** In nanoseconds. Longer than the interval between two reads of a pool, which probe. */
    private static final long FORGOTTEN_AFTER = 15 * 60 * 1_000_000_000L;

    private final Pacer pacer;
    private final GrantLimit limit;
    private final CircuitBreaker breaker = new CircuitBreaker();
    private final RoundRobinQueue<Ticket> userCalls = new RoundRobinQueue<>();
    private final RoundRobinQueue<Ticket> driftChecks = new RoundRobinQueue<>();
    private int userGrantsInARow;
    private int outstandingGrants;

    /** @param perSecond the quota in calls per second; 0 for no limit */
    OperationQueue(double perSecond) {
        this.pacer = new Pacer(perSecond);
        this.limit = new GrantLimit(perSecond);
    }

    boolean isEmpty() {
        return userCalls.isEmpty() && driftChecks.isEmpty();
    }

    boolean hasDriftCheck() {
        return !driftChecks.isEmpty();
    }

    int waiting() {
        return userCalls.size() + driftChecks.size();
    }

    /** Whether the breaker is open and calls still probe: after the deletion of its pool no call closes it. */
    boolean isBreakerOpen(long now) {
        return breaker.isOpen() && now < breaker.readyAt() + FORGOTTEN_AFTER;
    }

    /** See {@link Pacer#factor}. */
    double rateFactor(long now) {
        return pacer.factor(now);
    }

    /** Whether this queue has no state that a new one would lack. */
    boolean isDisposable(long now) {
        return isEmpty() && outstandingGrants == 0 && !breaker.isOpen() && pacer.isIdle(now);
    }

    /** The earliest time of the next grant here; {@link Long#MAX_VALUE} while a call must start or end first. */
    long readyAt() {
        if (limit.isReached() || (breaker.isOpen() && outstandingGrants > 0)) {
            return Long.MAX_VALUE;
        }
        return Math.max(pacer.readyAt(), breaker.readyAt());
    }

    /** Whether the next grant ranks as user-visible: it goes to a user's call, or to a drift check that is due. */
    boolean ranksAsUserVisible() {
        return !userCalls.isEmpty() || isDriftCheckDue();
    }

    void add(Ticket ticket) {
        queue(ticket.priority()).add(ticket.namespace(), ticket);
    }

    void remove(Ticket ticket) {
        queue(ticket.priority()).remove(ticket.namespace(), ticket);
    }

    /** Removes the next ticket from a queue that is not empty. */
    Ticket take(boolean driftCheckFirst) {
        boolean drift = hasDriftCheck() && (driftCheckFirst || isDriftCheckDue() || userCalls.isEmpty());
        userGrantsInARow = drift ? 0 : userGrantsInARow + 1;
        return (drift ? driftChecks : userCalls).take();
    }

    /** Grants the call of the ticket that was taken. {@link #undo} takes the grant back. */
    Pacer.Grant grant(long now) {
        outstandingGrants++;
        limit.granted();
        return pacer.grant(now);
    }

    /** A granted call has started, or will not be made. */
    void callStarted() {
        limit.started();
    }

    /** A granted call was not made. */
    void undo(Pacer.Grant grant) {
        pacer.undo(grant);
    }

    /** A granted call has ended, or was not made. */
    void callEnded() {
        outstandingGrants--;
    }

    /** The service throttled a call. */
    void recordThrottle(long now, long retryAfter) {
        recordAnswer();
        pacer.recordThrottle(now, retryAfter);
    }

    /** The service answered a call: the breaker closes. */
    void recordAnswer() {
        if (breaker.isOpen()) {
            userCalls.forgetPlaces();
            driftChecks.forgetPlaces();
        }
        breaker.recordAnswer();
    }

    /**
     * A call did not reach the service, got no answer, or got a server error.
     *
     * @return the waiting tickets, short-circuited, if the breaker is open; their namespaces keep their turns
     */
    List<Ticket> recordFailure(FailureKind failure, long now) {
        breaker.recordFailure(now);
        if (!breaker.isOpen()) {
            return List.of();
        }
        List<Ticket> waiting = removeAll();
        waiting.forEach(ticket -> ticket.shortCircuit(failure));
        return waiting;
    }

    List<Ticket> removeAll() {
        List<Ticket> all = userCalls.clear();
        all.addAll(driftChecks.clear());
        return all;
    }

    private boolean isDriftCheckDue() {
        return hasDriftCheck() && userGrantsInARow >= DRIFT_INTERVAL - 1;
    }

    private RoundRobinQueue<Ticket> queue(Priority priority) {
        return switch (priority) {
            case USER -> userCalls;
            case DRIFT -> driftChecks;
        };
    }
}
