package dev.appclients.cognito.controller.reconcile;

import java.io.Serial;

/** Ends a pass before its first call to AWS, because too many passes wait there. Its object is woken when it may call. */
public final class PassDeferred extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    PassDeferred() {
        super("too many passes wait for AWS", null, false, false);
    }
}
