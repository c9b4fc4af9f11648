package dev.appclients.cognito.rotation;

import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The input of one decision. Each step adds the fact that it was made for, and the next decision has it.
 *
 * @param record the client's record; null if it has none
 * @param now Cognito's time
 * @param isTimeKnown whether {@code now} comes from an answer of Cognito to this process, and not from this machine's clock alone
 * @param demand what asks for a rotation or a retirement
 * @param listing what Cognito listed in this pass; null before
 * @param isAbsenceConfirmed whether an earlier listing, long enough ago, lacked the published id too
 * @param isSettled whether an attempt of another pass or process can no longer take effect
 * @param addsFrom when the next attempt to add a secret may be made, because earlier ones failed; null: now
 * @param progress what this pass has done
 * @param published the client's own Secret
 * @param copies the copies that count
 * @param carriers the ids that Secrets carry, from a live list; null before it is read
 */
public record RotationFacts(
        @Nullable RotationRecord record,
        RotationPolicy policy,
        Instant now,
        boolean isTimeKnown,
        Demand demand,
        @Nullable SecretListing listing,
        boolean isAbsenceConfirmed,
        boolean isSettled,
        @Nullable Instant addsFrom,
        Progress progress,
        Published published,
        Copies copies,
        @Nullable Carriers carriers) {

    /**
     * What asks for a rotation or a retirement.
     *
     * @param due the cause for which a rotation is due; null if none is
     * @param isListDue whether the slot of a regular listing has begun
     * @param retire the id in the annotation {@code retire-secret}; null without one, and once it is handled
     */
    public record Demand(
            @Nullable Cause due,
            boolean isListDue,
            @Nullable String retire) {}

    /** What this pass has done. */
    public enum Progress {
        /** Nothing yet. */
        NOTHING,
        /** It has staged the rotation, so no other pass has made an attempt. */
        STAGED,
        /** It has resumed a rotation that another pass staged. */
        RESUMED
    }

    /**
     * The client's own Secret.
     *
     * @param state how it compares with the record
     * @param original how it compares with the original that Cognito describes
     * @param named the secret that it names, which the operator added; null if it names none
     * @param since from when on it has had the current secret without a gap, at the latest; null if that is not known
     */
    public record Published(
            State state,
            Original original,
            @Nullable PublishedSecretId named,
            @Nullable Instant since) {

        /** How the Secret compares with the record. */
        public enum State {
            /** It has the current secret. */
            CURRENT,
            /** It is to be written in this pass. */
            OUTDATED,
            /** Another writer changes it again and again, or it cannot be written. */
            CONTESTED,
            /** No copy of the current value exists. */
            LOST,
            /** There is no record, and the Secret has a client secret that Cognito no longer has. */
            GONE;

            /** Whether nothing has a value that is valid. */
            public boolean isWithoutValue() {
                return this == LOST || this == GONE;
            }
        }

        /** How the Secret compares with the original that Cognito describes. */
        public enum Original {
            /** Not compared yet. */
            UNKNOWN,
            /** Cognito describes the value that the Secret has. */
            EQUAL,
            /** Cognito describes another value. */
            DIFFERENT,
            /** Cognito describes no value. */
            UNREADABLE
        }

        boolean isCurrent() {
            return state == State.CURRENT;
        }
    }

    /**
     * The copies that count: each exists, and its claim is permitted and can be served.
     *
     * @param carrying those that have the current secret
     * @param othersBehind copies that do not count and that have another secret, or that another writer deleted. When their claims can be
     *     served again, their workloads need a whole overlap too.
     * @param isKnown false while the operator cannot count them, because its caches fill or the client is held
     */
    public record Copies(int counted, int carrying, int othersBehind, boolean isKnown) {

        /** The copies that cannot be counted now. */
        public static final Copies UNKNOWN = new Copies(0, 0, false);

        /** Creates the numbers for a client whose other copies, if any, have the current secret. */
        public Copies(int counted, int carrying, boolean isKnown) {
            this(counted, carrying, 0, isKnown);
        }

        /** The number of counted copies that do not have the current secret. */
        public int lagging() {
            return counted - carrying;
        }

        boolean allCarry() {
            return isKnown && lagging() == 0 && othersBehind == 0;
        }

        boolean areBehind() {
            return lagging() > 0 || othersBehind > 0;
        }
    }

    /**
     * The ids that the operator's Secrets carry.
     *
     * @param own by the client's own Secret
     * @param copies by copies
     */
    public record Carriers(Set<String> own, Set<String> copies) {

        public Carriers {
            own = Set.copyOf(own);
            copies = Set.copyOf(copies);
        }

        boolean has(String id) {
            return own.contains(id) || copies.contains(id);
        }
    }

    /** The secret that the client's current Secret names, of a client whose record is lost; null otherwise. */
    @Nullable
    PublishedSecretId unrecorded() {
        return record == null && published.isCurrent() ? published.named() : null;
    }

    /** Whether Cognito's list lacks the current secret. */
    boolean isCurrentMissing() {
        return record != null && record.current() != null && !lists(record.currentId());
    }

    /** The same facts of a client whose published value is of no use, because Cognito no longer has the secret. */
    RotationFacts withoutValue() {
        return new RotationFacts(
                record,
                policy,
                now,
                isTimeKnown,
                new Demand(Cause.NEED, demand.isListDue(), demand.retire()),
                listing,
                isAbsenceConfirmed,
                isSettled,
                addsFrom,
                progress,
                new Published(Published.State.GONE, published.original(), published.named(), null),
                copies,
                carriers);
    }

    RotationState state() {
        return record == null ? new RotationState.Steady() : record.state();
    }

    List<SecretId> listed() {
        return listing == null ? List.of() : listing.secrets();
    }

    boolean lists(String id) {
        return listed().stream().anyMatch(secret -> secret.id().equals(id));
    }

    boolean isPublishedId(String id) {
        return record != null && record.isCurrent(id);
    }
}
