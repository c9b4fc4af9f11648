package dev.appclients.cognito.status;

import dev.appclients.cognito.model.Reason;

/** The outcome of a reconciliation for the user. */
public sealed interface Outcome {

    /** The app client and its Secret equal the manifest. */
    record Synced(String message) implements Outcome {}

    /** The object is paused. The operator changes nothing until the user removes the annotation. */
    record Paused() implements Outcome {}

    /** Not done yet. The operator retries, or an event triggers the next reconciliation; the user need not act. */
    record Waiting(Step step, Reason reason, String message) implements Outcome {}

    /** A user must act; the message says who must do what. */
    record Refused(Step step, Reason reason, String message) implements Outcome {}

    /** The object is being deleted, and the deletion is not done yet. */
    record Deleting(String message) implements Outcome {}

    /** The object cannot be deleted until a user acts. */
    record DeletionRefused(Reason reason, String message) implements Outcome {}

    /** An error that the code does not expect. The state of the object is unknown, and the operator retries. */
    record Unexpected() implements Outcome {}
}
