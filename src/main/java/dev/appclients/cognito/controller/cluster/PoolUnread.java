package dev.appclients.cognito.controller.cluster;

import java.io.Serial;

/** Ends a reconciliation because the operator must read the facts of its pool first. Expected, so it has no stack trace. */
public final class PoolUnread extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String poolName;
    private final boolean failing;

    /** @param failing whether the last read failed, so that the client's status must report it */
    PoolUnread(String poolName, boolean failing) {
        super("the facts of ClusterUserPool " + poolName + " are not confirmed", null, false, false);
        this.poolName = poolName;
        this.failing = failing;
    }

    public String poolName() {
        return poolName;
    }

    public boolean isFailing() {
        return failing;
    }
}
