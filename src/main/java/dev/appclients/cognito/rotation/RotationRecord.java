package dev.appclients.cognito.rotation;

import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import dev.appclients.cognito.rotation.RotationState.Overlap;
import dev.appclients.cognito.rotation.RotationState.Staged;
import dev.appclients.cognito.rotation.RotationState.Steady;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The public part of a client's record Secret, which decides its rotation. A client without a record has its original secret, and no
 * rotation has begun.
 *
 * @param revision counts the secrets that were published for the client, from 1, which is the original
 * @param current the secret that is published; null if the operator does not know its id
 * @param replaced the id that {@code current} replaced, valid or not; null for the first
 * @param handled the requests that are handled
 */
public record RotationRecord(
        long revision, @Nullable SecretId current, @Nullable String replaced, Handled handled, RotationState state) {

    /** When a secret of this revision is published, the original is no longer valid. Secrets without an id carry the original. */
    private static final long FIRST_WITHOUT_ORIGINAL = 3;

    /**
     * Requests of the user that are handled, and what they taught.
     *
     * @param request the value of the annotation {@code rotate-requested-at} that began the last rotation on request
     * @param retired the id in the annotation {@code retire-secret} that was deleted last
     * @param cognitoGenerates whether Cognito refused a supplied value, so that it generates the next one
     */
    public record Handled(
            @Nullable String request, @Nullable String retired, boolean cognitoGenerates) {

        /** Nothing was requested yet. */
        public static final Handled NOTHING = new Handled(null, null, false);

        Handled requested(@Nullable String value) {
            return new Handled(value, retired, cognitoGenerates);
        }

        Handled retired(String id) {
            return new Handled(request, id, cognitoGenerates);
        }
    }

    /** The record of a client that has its original secret. */
    public static RotationRecord original(@Nullable SecretId id) {
        return new RotationRecord(1, id, null, Handled.NOTHING, new Steady());
    }

    /** The secret that a record says to publish; the original for a client without a record. */
    public static PublishedSecretId published(@Nullable RotationRecord rotation) {
        return rotation == null || rotation.revision() == 1 || rotation.current() == null
                ? PublishedSecretId.ORIGINAL
                : new PublishedSecretId(rotation.revision(), rotation.current().id(), rotation.replaced());
    }

    /**
     * The record of a client that has none, before its next value is recorded.
     *
     * @param current the only secret in Cognito; null if the operator does not know its id
     * @param named the secret that the client's Secret names, and whose value is of no use; null without one
     */
    public static RotationRecord unrecorded(@Nullable SecretId current, @Nullable PublishedSecretId named) {
        if (named == null || named.revision() < FIRST_WITHOUT_ORIGINAL) {
            return original(current);
        }
        boolean isSame = current != null && current.id().equals(named.id());
        // A record with an older revision than the Secret's would be taken for one from a backup.
        return new RotationRecord(
                named.revision(), current, isSame ? named.replaced() : named.id(), Handled.NOTHING, new Steady());
    }

    /**
     * The record that an untampered Secret of the client proves, after the record was lost.
     *
     * @param previous the other secret that the Secret names and that Cognito still lists; null if there is none
     * @param request the last request that the status shows as handled
     */
    public static RotationRecord rebuilt(
            long revision, SecretId current, @Nullable SecretId previous, @Nullable String request) {
        RotationState state =
                previous == null ? new Steady() : new Overlap(previous, current.created(), null, Cause.NEED);
        return new RotationRecord(
                revision, current, previous == null ? null : previous.id(), Handled.NOTHING.requested(request), state);
    }

    /** The next value is recorded. The listing shows the ids that exist before it is added. */
    public RotationRecord staged(Cause cause, @Nullable String request, SecretListing listing) {
        // A rotation for another cause serves an earlier request, too.
        Handled now = request == null ? handled : handled.requested(request);
        return new RotationRecord(revision, current, replaced, now, Staged.of(listing, cause));
    }

    /** A later pass than the staging one resumes the rotation. */
    public RotationRecord resumed(Instant now) {
        return state instanceof Staged staged ? in(staged.resumed(now)) : this;
    }

    /** Cognito refused the supplied value, so it generates the next one. */
    public RotationRecord generatedByCognito() {
        Handled now = new Handled(handled.request, handled.retired, true);
        return new RotationRecord(revision, current, replaced, now, state);
    }

    /** Cognito refused the next value for good, so nothing is in progress. The rotation is still due. */
    public RotationRecord unstaged() {
        return in(new Steady(state instanceof Staged staged ? staged.cause() : null));
    }

    /** Cognito added the next value, which becomes the current one. */
    public RotationRecord added(SecretId id) {
        Cause cause = state instanceof Staged staged ? staged.cause() : Cause.NEED;
        return new RotationRecord(
                revision + 1,
                id,
                current == null ? null : current.id(),
                handled,
                new Overlap(current, id.created(), null, cause));
    }

    /** Every counted copy has the current secret since this time; null when one of them no longer has it. */
    public RotationRecord carried(@Nullable Instant at) {
        return state instanceof Overlap overlap ? in(overlap.carried(at)) : this;
    }

    /** The previous secret no longer exists. */
    public RotationRecord retired() {
        return in(new Steady());
    }

    /** The current secret no longer exists in Cognito, so the previous one is published again, and a rotation is due. */
    public RotationRecord promoted() {
        SecretId previous = state instanceof Overlap overlap ? overlap.previous() : null;
        return new RotationRecord(
                revision + 1, previous, current == null ? null : current.id(), handled, new Steady(Cause.NEED));
    }

    /** The id that {@code retire-secret} names is deleted. */
    public RotationRecord withRetired(String id) {
        return new RotationRecord(revision, current, replaced, handled.retired(id), state);
    }

    /** Whether the record may be about this app client. It is not if a new app client has replaced a lost one. */
    public boolean mayBeOf(String clientId) {
        return current == null || current.mayBelongTo(clientId);
    }

    /** The id of {@code current}, which must be known. */
    public String currentId() {
        return Objects.requireNonNull(current, "the id of the current secret is not known")
                .id();
    }

    /** Whether Cognito did not list the published secret when the operator recorded the next one. */
    public boolean isCurrentGone() {
        return state instanceof RotationState.Staged staged
                && staged.cause() == Cause.NEED
                && current != null
                && !staged.baseline().contains(current.id());
    }

    /** Whether a secret with this id is the published one. */
    public boolean isCurrent(String id) {
        return current != null && current.id().equals(id);
    }

    private RotationRecord in(RotationState next) {
        return new RotationRecord(revision, current, replaced, handled, next);
    }
}
