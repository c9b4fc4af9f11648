package dev.appclients.cognito.controller.reconcile;

import java.io.Serial;

/** Ends a reconciliation before its first call to AWS, because too many others wait. {@link AwsWaitLimit} wakes the object later. */
public final class PassDeferred extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    PassDeferred() {
        super("too many reconciliations wait for AWS", null, false, false);
    }
}
