package dev.appclients.cognito.aws;

import java.io.Serial;

/** A call was cancelled before it was made: it was no longer wanted, its thread was interrupted, or the connection closed. */
public final class CallCancelled extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param operation the API operation that was not called */
    public CallCancelled(String operation) {
        super(operation + " was cancelled before the call", null, false, false);
    }
}
