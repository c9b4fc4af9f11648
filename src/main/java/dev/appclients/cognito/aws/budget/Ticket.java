package dev.appclients.cognito.aws.budget;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolId;
import org.jspecify.annotations.Nullable;

/** A request to make one call, from the wait for a grant to the end of the call. Belongs to one {@link QuotaScheduler}. */
final class Ticket {

    private final PoolId pool;
    private final Operation operation;
    private final Priority priority;
    private final String namespace;
    private final Runnable wake;
    private @Nullable Grants grants;
    private boolean started;
    private @Nullable FailureKind shortCircuitedBy;

    Ticket(PoolId pool, Operation operation, Priority priority, String namespace, Runnable wake) {
        this.pool = pool;
        this.operation = operation;
        this.priority = priority;
        this.namespace = namespace;
        this.wake = wake;
    }

    PoolId pool() {
        return pool;
    }

    Operation operation() {
        return operation;
    }

    Priority priority() {
        return priority;
    }

    String namespace() {
        return namespace;
    }

    /** Ends the wait of the calling thread. */
    void wake() {
        wake.run();
    }

    boolean isGranted() {
        return grants != null;
    }

    @Nullable
    Grants grants() {
        return grants;
    }

    void grant(Grants given) {
        this.grants = given;
    }

    /** Marks the call as started. Returns false if it was marked before. */
    boolean markStarted() {
        boolean first = !started;
        started = true;
        return first;
    }

    /** The failure of earlier calls because of which this call is not made; null otherwise. */
    @Nullable
    FailureKind shortCircuitedBy() {
        return shortCircuitedBy;
    }

    void shortCircuit(FailureKind failureOfEarlierCalls) {
        shortCircuitedBy = failureOfEarlierCalls;
    }

    /** The grants of the category's pacer and of the pool's. */
    record Grants(Pacer.Grant category, Pacer.Grant pool) {}
}
