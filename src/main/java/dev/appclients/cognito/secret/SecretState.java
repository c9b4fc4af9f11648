package dev.appclients.cognito.secret;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How the Secret in the cluster compares with the one that should be there. */
public sealed interface SecretState {

    /** There is none: create it. */
    record Absent() implements SecretState {}

    /** Ours, and as it should be: nothing to do. */
    record Current() implements SecretState {}

    /**
     * Ours and untouched, but what it should say has changed: write it anew.
     *
     * @param recordedClientId the app client that its value belongs to; null when it does not say so any more
     */
    record Outdated(@Nullable String recordedClientId) implements SecretState {}

    /**
     * Ours and its values are intact, but somebody changed the metadata that we wrote: restore it.
     *
     * @param recordedClientId as in {@link Outdated}
     * @param edit who changed what
     */
    record Edited(@Nullable String recordedClientId, Edit edit) implements SecretState {}

    /**
     * Ours, but somebody changed or removed a value: restore it, and take no value from it.
     *
     * @param edit who changed which keys
     */
    record Tampered(Edit edit) implements SecretState {}

    /**
     * Ours and not as it should be, but Kubernetes will not let it be rewritten.
     *
     * @param message why not, and what to do
     */
    record Locked(String message) implements SecretState {}

    /** Not ours: never written, never deleted, and nothing is taken from it. */
    sealed interface NotOurs extends SecretState {
        /** Whose it is, as far as it can be seen, and what to do. */
        String message();
    }

    /**
     * Somebody else's.
     *
     * @param message whose it is, and what to do
     */
    record Foreign(String message) implements NotOurs {}

    /**
     * Written for a resource of this namespace and name that is no more: left behind, or brought back by a restored backup.
     *
     * @param formerUid the UID of the former resource
     * @param clientId the app client that it tells of, as a hint for the person who reads the message; null when it does not say so
     * @param message whose it was, and what to do
     */
    record FormerOwner(String formerUid, @Nullable String clientId, String message) implements NotOurs {}

    /**
     * A change that was not ours.
     *
     * @param manager the field manager that made it, as far as Kubernetes recorded it; {@code unknown} when it did not
     * @param fields what was changed: keys of data, or paths in the metadata; never values
     */
    record Edit(String manager, SortedSet<String> fields) {
        public Edit {
            fields = Collections.unmodifiableSortedSet(new TreeSet<>(fields));
        }

        /** The manager as a sentence names it. */
        public String who() {
            return FieldOwnership.UNKNOWN.equals(manager)
                    ? "a field manager that Kubernetes did not record"
                    : "field manager '" + manager + "'";
        }
    }
}
