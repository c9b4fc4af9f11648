package dev.appclients.cognito.controller;

import java.io.Serial;

/** Ends a pass because the facts of its pool must be read first. Expected, so it carries no stack trace. */
final class PoolUnread extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String poolName;
    private final boolean failing;

    /** @param failing whether the last reading failed, so that the client's status must say what it waits for */
    PoolUnread(String poolName, boolean failing) {
        super("the facts of ClusterUserPool " + poolName + " are not confirmed", null, false, false);
        this.poolName = poolName;
        this.failing = failing;
    }

    String poolName() {
        return poolName;
    }

    boolean isFailing() {
        return failing;
    }
}
