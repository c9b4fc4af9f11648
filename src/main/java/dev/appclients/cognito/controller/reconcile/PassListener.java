package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.model.Reason;

/**
 * Counts failures that no condition of an object can show, and announced transitions. Called on the thread of the reconciliation; must
 * not throw.
 */
public interface PassListener {

    /** Counts nothing. */
    PassListener NONE = new PassListener() {
        @Override
        public void statusNotWritten(String controller, NotWritten why) {}

        @Override
        public void unexpectedError(String controller) {}

        @Override
        public void announced(String kind, String type, Reason reason) {}

        @Override
        public void rotationEnded(String cause, String outcome) {}
    };

    /** The reason why a status was not written. */
    enum NotWritten {
        /** The API server answered 409, because the object changed meanwhile or was replaced. */
        CONFLICT,
        /** The API server answered 404. */
        GONE,
        /** Any other failure: the API server refused the status or cannot be reached. */
        FAILED
    }

    /**
     * The write of a status or of an intent failed. The operator retries it.
     *
     * @param controller the name of the object's controller
     */
    void statusNotWritten(String controller, NotWritten why);

    /**
     * A reconciliation ended with an error that the code does not expect. The operator retries it.
     *
     * @param controller the name of the object's controller
     */
    void unexpectedError(String controller);

    /**
     * The operator announced a transition as an Event, which the limit on Events may have dropped.
     *
     * @param kind the kind of the object
     * @param type Normal or Warning
     */
    void announced(String kind, String type, Reason reason);

    /**
     * A rotation of a client secret ended.
     *
     * @param cause {@code schedule}, {@code request} or {@code need}
     * @param outcome {@code completed}, {@code refused} or {@code reverted}
     */
    void rotationEnded(String cause, String outcome);
}
