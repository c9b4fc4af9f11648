package dev.appclients.cognito.controller.cluster;

import java.io.Serial;

/** Ends a reconciliation that would write facts of its pool that this process did not read. Expected, so it has no stack trace. */
public final class PoolUnread extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String poolName;
    private final boolean overtaken;
    private final boolean failing;

    private PoolUnread(String poolName, boolean overtaken, boolean failing) {
        super("the facts of ClusterUserPool " + poolName + " are not confirmed", null, false, false);
        this.poolName = poolName;
        this.overtaken = overtaken;
        this.failing = failing;
    }

    /** The pool was not read yet. */
    static PoolUnread awaited(String poolName, boolean failing) {
        return new PoolUnread(poolName, false, failing);
    }

    /** A read that ended after the reconciliation began found other facts. */
    static PoolUnread overtaken(String poolName) {
        return new PoolUnread(poolName, true, false);
    }

    public String poolName() {
        return poolName;
    }

    /** Whether the reconciliation can begin again at once, with the facts that were read. */
    public boolean isOvertaken() {
        return overtaken;
    }

    /** Whether the last read failed, so that the client's status must report it. */
    public boolean isFailing() {
        return failing;
    }
}
