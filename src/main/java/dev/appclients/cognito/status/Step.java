package dev.appclients.cognito.status;

/** The steps of a pass that have a condition of their own, in the order in which they are taken. All of them gate Ready. */
public enum Step {
    /** The pool lets this namespace do this. */
    AUTHORIZATION("Authorized"),
    /** Cognito equals the spec. */
    CLIENT("ClientSynced"),
    /** The Secret is as it should be. */
    SECRET("SecretSynced");

    private final String condition;

    Step(String condition) {
        this.condition = condition;
    }

    /** The type of the step's condition. */
    public String condition() {
        return condition;
    }
}
