package dev.appclients.cognito.distribution;

import java.util.Set;

/** Whether a claim gets a copy of the Secret of its client. */
public sealed interface ClaimDecision {

    /** Client and pool permit the copy: write it if it is absent or differs. */
    record Copy() implements ClaimDecision {}

    /** Client and pool permit the copy, but the client may not be published now: keep an existing copy, and write nothing. */
    record Hold(Cause cause) implements ClaimDecision {}

    /** Client and pool permit the copy, but the claim is paused: keep an existing copy, and write nothing. */
    record Paused() implements ClaimDecision {}

    /**
     * The claim gets no copy. Before an existing copy is deleted, one live read of each denying object must confirm the denial.
     *
     * @param by the objects that deny it; empty if the operator's own configuration does
     */
    record Deny(Set<Denier> by) implements ClaimDecision {
        public Deny {
            by = Set.copyOf(by);
        }
    }

    /** The Namespace of the client was deleted and created again: delete the copy, until the claim is created again. */
    record SourceReplaced() implements ClaimDecision {}

    /** The operator writes nothing for the claim, neither a Secret nor a status nor an event. */
    record Ignored() implements ClaimDecision {}

    /** An object that denies a copy. */
    enum Denier {
        CLIENT,
        POOL,
        TARGET_NAMESPACE,
        SOURCE_NAMESPACE
    }

    /** The reason why a permitted copy is not written. */
    enum Cause {
        CLIENT_PAUSED,
        CLIENT_TERMINATING,
        /** The status of the client says that a user must act on it, or that its pool refuses it. */
        CLIENT_STALLED,
        POOL_MISSING,
        POOL_TERMINATING,
        /** An older ClusterUserPool refers to the same user pool. */
        POOL_DUPLICATE,
        /** The pool no longer admits the namespace of the client. */
        CLIENT_NOT_ADMITTED,
        /** The offer or the ceiling has a value that this version of the operator does not know. */
        UNKNOWN_SELECTION
    }

    /** The objects that deny a copy; empty if none does. */
    default Set<Denier> deniers() {
        return switch (this) {
            case Deny(var by) -> by;
            case SourceReplaced() -> Set.of(Denier.SOURCE_NAMESPACE);
            default -> Set.of();
        };
    }

    /** Whether an existing copy must be deleted. */
    default boolean removesCopy() {
        return this instanceof Deny || this instanceof SourceReplaced;
    }

    /** Whether offer and ceiling contain the claim. A client counts these claims. */
    default boolean isPermitted() {
        return switch (this) {
            case Copy(), Paused() -> true;
            case Hold(Cause cause) -> cause != Cause.UNKNOWN_SELECTION;
            case Deny deny -> false;
            case SourceReplaced() -> false;
            case Ignored() -> false;
        };
    }
}
