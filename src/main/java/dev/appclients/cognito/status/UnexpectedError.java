package dev.appclients.cognito.status;

/** The text of a condition after an error that the code does not expect. */
public final class UnexpectedError {

    /** Omits the text of the exception, because it may contain a secret. */
    public static final String MESSAGE =
            "An unexpected error occurred in the operator. Find 'UnexpectedError' and the name of this object in the"
                    + " operator's log, and report the stack trace there. The operator retries within a minute.";

    private UnexpectedError() {}
}
