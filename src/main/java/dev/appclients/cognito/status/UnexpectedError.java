package dev.appclients.cognito.status;

/** The text of a condition after an error that the code does not expect. */
public final class UnexpectedError {

    /** Says nothing of the error itself: the text of an exception may carry anything, a secret too. */
    public static final String MESSAGE =
            "The operator met an error that it does not expect. Find 'UnexpectedError' and the name of this object in the"
                    + " operator's log, and report the stack trace there. The operator retries within a minute.";

    private UnexpectedError() {}
}
