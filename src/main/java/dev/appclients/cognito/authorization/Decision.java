package dev.appclients.cognito.authorization;

/** What the owner of a pool says to a client that wants to use it. */
public sealed interface Decision {

    /** The pool lets this namespace do this. */
    record Allowed() implements Decision {}

    /**
     * The pool does not let this namespace do this.
     *
     * @param field the field of the client that is refused, as its path in the manifest, such as {@code spec.userPoolRef}
     * @param message what is refused and who can change that; tells nothing of what other namespaces may do
     */
    record Denied(String field, String message) implements Decision {}
}
