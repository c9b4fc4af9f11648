package dev.appclients.cognito.aws;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.RoundRobin;
import java.util.List;

/**
 * Those who wait to call one operation on one pool. User-visible calls and looks for drift wait apart; of each, the namespaces
 * take turns.
 */
final class Line {

    /** Of this many grants in a row, one goes to a waiting drift check. */
    static final int DRIFT_TURN = 10;

    private final PoolId pool;
    private final Operation operation;
    private final Pacer pacer;
    private final Crowd crowd;
    private final Outage outage = new Outage();
    private final RoundRobin<Ticket> users = new RoundRobin<>();
    private final RoundRobin<Ticket> drifts = new RoundRobin<>();
    private int usersInARow;
    private int underWay;

    Line(PoolId pool, Operation operation, double perSecond) {
        this.pool = pool;
        this.operation = operation;
        this.pacer = new Pacer(perSecond);
        this.crowd = new Crowd(perSecond);
    }

    PoolId pool() {
        return pool;
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

    /** Whether nothing would be lost by forgetting this line. */
    boolean isForgettable(long now) {
        return isEmpty() && underWay == 0 && outage.lastFailure() == null && pacer.isIdle(now);
    }

    /** From when the next of them may call, as far as this line decides it; {@link Long#MAX_VALUE} until a call has begun, or ended. */
    long readyAt() {
        if (crowd.isFull() || (outage.lastFailure() != null && underWay > 0)) {
            return Long.MAX_VALUE;
        }
        return Math.max(pacer.readyAt(), outage.readyAt());
    }

    /** Whether what this line would give next ranks as user-visible: a user's call, or the drift check whose turn it is. */
    boolean offersFirstRank() {
        return !users.isEmpty() || isDriftTurn();
    }

    void add(Ticket ticket) {
        queue(ticket.priority()).add(ticket.namespace(), ticket);
    }

    void remove(Ticket ticket) {
        queue(ticket.priority()).remove(ticket.namespace(), ticket);
    }

    /** Takes the ticket whose turn it is out of the line. Not to be called on an empty line. */
    Ticket take(boolean driftTurnOfTheLane) {
        boolean drift = hasDrift() && (driftTurnOfTheLane || isDriftTurn() || users.isEmpty());
        usersInARow = drift ? 0 : usersInARow + 1;
        return (drift ? drifts : users).take();
    }

    /** The ticket that was taken may call; what comes back is for {@link #undo}. */
    Pacer.Grant grant(long now) {
        underWay++;
        crowd.joined();
        return pacer.grant(now);
    }

    /** The call is being made, or will not be. */
    void begun() {
        crowd.left();
    }

    /** The call was not made. */
    void undo(Pacer.Grant grant) {
        pacer.undo(grant);
    }

    /** The call has ended, or was not made. */
    void ended() {
        underWay--;
    }

    /** The service throttled a call. */
    void throttled(long now, long askedToWait) {
        answered();
        pacer.throttled(now, askedToWait);
    }

    /** The service answered a call: an outage, if there was one, is over. */
    void answered() {
        if (outage.lastFailure() != null) {
            outage.answered();
            users.forgetPlaces();
            drifts.forgetPlaces();
        } else {
            outage.answered();
        }
    }

    /**
     * A call came to nothing.
     *
     * @return all who need not wait, because one call at a time will tell; their namespaces keep their turns
     */
    List<Ticket> failed(FailureKind failure, long now) {
        outage.failed(failure, now);
        if (outage.lastFailure() == null) {
            return List.of();
        }
        List<Ticket> spared = clear();
        spared.forEach(ticket -> ticket.spared(failure));
        return spared;
    }

    /** Everybody leaves. */
    List<Ticket> clear() {
        List<Ticket> all = users.clear();
        all.addAll(drifts.clear());
        return all;
    }

    private boolean isDriftTurn() {
        return hasDrift() && usersInARow >= DRIFT_TURN - 1;
    }

    private RoundRobin<Ticket> queue(Priority priority) {
        return switch (priority) {
            case USER -> users;
            case DRIFT -> drifts;
        };
    }
}
