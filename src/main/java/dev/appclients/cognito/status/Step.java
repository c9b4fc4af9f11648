package dev.appclients.cognito.status;

/** The steps of a reconciliation with a condition of their own, in order. All of them gate Ready. */
public enum Step {
    /** The pool allows the namespace to use it, with these settings. */
    AUTHORIZATION("Authorized"),
    /** The app client equals the manifest. */
    CLIENT("ClientSynced"),
    /** The Secret equals the manifest. */
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
