package dev.appclients.cognito.controller;

/** Learns of failures that no condition of an object can show, to count them. Called on the thread of the pass; must not throw. */
public interface PassListener {

    /** Counts nothing. */
    PassListener NONE = new PassListener() {
        @Override
        public void statusNotWritten(String controller, NotWritten why) {}

        @Override
        public void unexpectedError(String controller) {}
    };

    /** Why a status was not written. */
    enum NotWritten {
        /** The API server answered 409: the object changed meanwhile. */
        CONFLICT,
        /** The API server answered 404, or another object has the name. */
        GONE,
        /** Everything else: refused, or the API server cannot be reached. */
        FAILED
    }

    /**
     * The write of a status or of an intent failed. The operator retries it.
     *
     * @param controller the name of the object's controller
     */
    void statusNotWritten(String controller, NotWritten why);

    /**
     * A pass ended with an error that the code does not expect. The operator retries it.
     *
     * @param controller the name of the object's controller
     */
    void unexpectedError(String controller);
}
