package dev.appclients.cognito.rotation;

import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a rotation is. All times are Cognito's. */
public sealed interface RotationState {

    /**
     * One secret, and no rotation is in progress.
     *
     * @param owed the cause of the last rotation if it has to be repeated; null if it succeeded
     */
    record Steady(@Nullable Cause owed) implements RotationState {

        /** No rotation has to be repeated. */
        public Steady() {
            this(null);
        }
    }

    /**
     * The next value is recorded in Kubernetes. The call that adds it to Cognito may have been made.
     *
     * @param baseline the ids that Cognito listed before the next value was added
     * @param since when the rotation was staged
     * @param attemptedAt when the last attempt to add the next value began
     * @param attempts how often a later pass has resumed the rotation. Each of them changes the record, so that an answer to an
     *     earlier attempt finds another version of it
     */
    record Staged(List<String> baseline, Instant since, Instant attemptedAt, int attempts, Cause cause)
            implements RotationState {

        /** The clocks of Cognito's servers may differ by this much. */
        private static final Duration BEFORE = Duration.ofSeconds(30);

        /** A call may take effect this long after its attempt began. */
        private static final Duration AFTER = Duration.ofSeconds(60);

        public Staged {
            baseline = List.copyOf(baseline);
        }

        static Staged of(SecretListing listing, Cause cause) {
            return new Staged(
                    listing.secrets().stream().map(SecretId::id).toList(), listing.at(), listing.at(), 0, cause);
        }

        Staged resumed(Instant now) {
            return new Staged(baseline, since, now, attempts + 1, cause);
        }

        /** Whether only an earlier attempt of this rotation can have added this secret. */
        boolean mayHaveAdded(SecretId secret) {
            return !baseline.contains(secret.id())
                    && !secret.created().isBefore(since.minus(BEFORE))
                    && !secret.created().isAfter(attemptedAt.plus(AFTER));
        }
    }

    /**
     * Two secrets are valid, and the newer one is published.
     *
     * @param previous the older one; null if the operator does not know its id
     * @param addedAt when Cognito added the newer one
     * @param carriedAt when every counted copy had the newer one; null while one has not
     */
    record Overlap(
            @Nullable SecretId previous,
            Instant addedAt,
            @Nullable Instant carriedAt,
            Cause cause) implements RotationState {

        Overlap carried(@Nullable Instant at) {
            return new Overlap(previous, addedAt, at, cause);
        }

        /** When the operator stops waiting for copies. */
        public Instant deadline(RotationPolicy policy) {
            return addedAt.plus(policy.maxOverlap());
        }

        /** When the previous secret is to be deleted, as far as it is known. */
        public Instant retiresAt(RotationPolicy policy) {
            Instant deadline = deadline(policy);
            Instant regular = carriedAt == null ? deadline : carriedAt.plus(policy.overlap());
            return regular.isBefore(deadline) ? regular : deadline;
        }
    }
}
