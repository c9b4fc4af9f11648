package dev.appclients.cognito.status;

import dev.appclients.cognito.model.Reason;

/** How a pass ended, as far as its user is concerned. */
public sealed interface Conclusion {

    /** Everything is as the manifest says. */
    record Synced(String message) implements Conclusion {}

    /** The object is paused: nothing is changed until the annotation goes. */
    record Paused() implements Conclusion {}

    /** Not there yet, and nobody need do anything: it is tried again by itself, or woken by what it waits for. */
    record Waiting(Step step, Reason reason, String message) implements Conclusion {}

    /** It will not get there until a human changes something; the message says who must do what. */
    record Refused(Step step, Reason reason, String message) implements Conclusion {}

    /** The object is being deleted, and waits for something. */
    record Deleting(String message) implements Conclusion {}

    /** The object cannot be deleted until a human changes something. */
    record DeletionRefused(Reason reason, String message) implements Conclusion {}

    /** The operator met an error that it does not expect, so it knows nothing of the object. It retries. */
    record Unexpected() implements Conclusion {}
}
