package dev.appclients.cognito.aws;

import java.io.Serial;

/** The call was given up before it was made: while it waited for the budget, its reason went away. Nothing happened. */
public final class CallNoLongerWanted extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param operation the API operation that was not called */
    public CallNoLongerWanted(String operation) {
        super(operation + " is no longer wanted", null, false, false);
    }
}
