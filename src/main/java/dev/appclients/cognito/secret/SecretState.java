package dev.appclients.cognito.secret;

import dev.appclients.cognito.secret.content.Inputs;
import dev.appclients.cognito.secret.fields.FieldOwnership;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How the Secret in the cluster compares with the requested one. */
public sealed interface SecretState {

    /** There is no Secret: create it. */
    record Absent() implements SecretState {}

    /** The owner's Secret is as requested. */
    record Current() implements SecretState {}

    /**
     * The owner's Secret is as requested, but an older version of the operator wrote it. It may stay until the object's next slot, so
     * that an upgrade does not rewrite every Secret at once.
     *
     * @param version of its inputs, see {@link Inputs#VERSION}
     */
    record CurrentOfOlderVersion(int version) implements SecretState {

        /** Whether copies can be written from the Secret. If not, rewrite it at once when a claim refers to its client. */
        public boolean isSource() {
            return version > 1;
        }
    }

    /**
     * The owner's Secret is unchanged, but the request has changed: rewrite the Secret.
     *
     * @param recordedClientId the app client that its value belongs to; null if the annotation is no longer the operator's
     */
    record Outdated(@Nullable String recordedClientId) implements SecretState {}

    /**
     * The values of the owner's Secret are intact, but another writer changed metadata of the operator: restore it.
     *
     * @param recordedClientId as in {@link Outdated}
     */
    record Edited(@Nullable String recordedClientId, Edit edit) implements SecretState {}

    /** Another writer changed or removed a value of the owner's Secret: restore it, and reuse no value from it. */
    record Tampered(Edit edit) implements SecretState {}

    /**
     * The owner's Secret is not as requested, and Kubernetes refuses to change it.
     *
     * @param message the reason, and the action for the user
     */
    record Unwritable(String message) implements SecretState {}

    /** A former owner's Secret that the request permits to replace, see {@link SecretRequest#inherits}. */
    record Inherited() implements SecretState {}

    /** The Secret is not the owner's. It is never written, never deleted, and no value is reused from it. */
    sealed interface NotOwned extends SecretState {
        /** Its owner, as far as the Secret shows it, and the action for the user. */
        String message();
    }

    /** Another writer's Secret. */
    record Foreign(String message) implements NotOwned {}

    /**
     * The Secret was written for a former resource of this namespace and name. It was left behind, or a restored backup has
     * brought it back.
     *
     * @param formerUid the UID of the former resource
     * @param clientId the app client that the Secret names; unproven. Null if it names none
     */
    record FormerOwner(String formerUid, @Nullable String clientId, String message) implements NotOwned {}

    /**
     * A change by another writer.
     *
     * @param manager the field manager that made it; {@value FieldOwnership#UNKNOWN} if Kubernetes did not record it
     * @param fields the changed keys of data, or paths in the metadata; never values
     */
    record Edit(String manager, SortedSet<String> fields) {
        /** The path of the owner references, in {@code fields}. */
        public static final String OWNER_REFERENCES = "metadata.ownerReferences";

        public Edit {
            fields = Collections.unmodifiableSortedSet(new TreeSet<>(fields));
        }

        /** The manager as it appears in messages. */
        public String who() {
            return FieldOwnership.UNKNOWN.equals(manager)
                    ? "a field manager that Kubernetes did not record"
                    : "field manager '" + manager + "'";
        }
    }
}
