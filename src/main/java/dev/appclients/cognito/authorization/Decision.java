package dev.appclients.cognito.authorization;

/** Whether a pool allows what a client asks for. */
public sealed interface Decision {

    /** The pool allows it. */
    record Allowed() implements Decision {}

    /**
     * The pool denies it.
     *
     * @param field path of the denied field in the client's manifest, such as {@code spec.userPoolRef}
     * @param message the fault and the remedy; reveals nothing about the permissions of other namespaces
     */
    record Denied(String field, String message) implements Decision {}
}
