package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.controller.rotation.StoredRecord.Found;
import dev.appclients.cognito.controller.rotation.StoredRecord.Version;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.status.RotationReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What this process remembers of the rotation of each client. It holds no value. All of it may be lost: the record is then read again,
 * and every wait starts over.
 */
final class RotationMemory {

    /** The time in which attempts to add a secret are counted. */
    static final Duration HOUR = Duration.ofHours(1);

    private static final int ADDS_IN_AN_HOUR = 3;

    private final Map<String, OfClient> clients = new ConcurrentHashMap<>();
    private final Duration settlesAfter;
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    /**
     * Creates an empty memory.
     *
     * @param settlesAfter how long an unanswered call may still take effect in Cognito
     * @param nanoTime monotonic
     */
    RotationMemory(Duration settlesAfter, InstantSource clock, LongSupplier nanoTime) {
        this.settlesAfter = settlesAfter;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** The memory of one client, which is kept only by {@link #keep}. One reconciliation at a time uses it. */
    OfClient of(String uid) {
        OfClient known = clients.get(uid);
        return known == null ? new OfClient() : known;
    }

    /** Keeps the memory of a client that has a rotation. */
    void keep(String uid, OfClient client) {
        clients.put(uid, client);
    }

    /** Whether the client has a rotation. */
    boolean isKept(String uid) {
        return clients.containsKey(uid);
    }

    void forget(String uid) {
        clients.remove(uid);
    }

    int size() {
        return clients.size();
    }

    Duration settlesAfter() {
        return settlesAfter;
    }

    /**
     * A record that was read.
     *
     * @param rotation null if there is no record
     * @param version null exactly if there is no record
     * @param isReadable whether it has the current value
     */
    record Known(
            @Nullable RotationRecord rotation, @Nullable Version version, boolean isReadable) {

        static final Known ABSENT = new Known(null, null, false);

        static Known of(Found found) {
            return new Known(found.rotation(), found.version(), found.values().current() != null);
        }
    }

    private record Held(long until, Instant end, String fingerprint, RotationReport report) {}

    private record Missing(String id, long since) {}

    private record Published(String id, Instant since) {}

    /** The memory of one client. */
    final class OfClient {

        private @Nullable Known known;
        private @Nullable String settling;
        private long settlingSince;
        private @Nullable String unattempted;
        private @Nullable Missing missing;
        private @Nullable Held held;
        private @Nullable String answeredRetirement;
        private @Nullable SecretId original;
        private @Nullable Published published;
        private @Nullable String unannounced;
        private final Map<String, Long> deleted = new HashMap<>();
        private final Deque<Instant> adds = new ArrayDeque<>();

        /** The record at its last read or write; null if this process has to read it. */
        @Nullable
        Known known() {
            return known;
        }

        void learned(@Nullable Known record) {
            known = record;
        }

        /** The only secret of a client without a record, from the last listing; null before. */
        @Nullable
        SecretId original() {
            return original;
        }

        void originalListed(SecretId secret) {
            original = secret;
        }

        /** How long an attempt of another pass may still take effect: zero or less when it no longer can. */
        Duration untilSettled(Version version) {
            if (version.uid().equals(unattempted)) {
                return Duration.ZERO;
            }
            if (!version.uid().equals(settling)) {
                settleFrom(version);
            }
            return settlesAfter.minusNanos(nanoTime.getAsLong() - settlingSince);
        }

        /** An attempt ended without a known outcome, or another process may have made one. */
        void settleFrom(Version version) {
            settling = version.uid();
            settlingSince = nanoTime.getAsLong();
            unattempted = null;
        }

        /** The outcome of every attempt is known. */
        void settled() {
            settling = null;
            unattempted = null;
        }

        /** The rotation was staged, and the call was not made. */
        void notAttempted(Version version) {
            unattempted = version.uid();
            adds.pollLast();
        }

        /** Cognito deleted a secret. Its list may still show it for a while. */
        void deleted(String id) {
            deleted.put(id, nanoTime.getAsLong());
        }

        /** The secrets of a listing without those that are known to be gone. */
        SecretListing existing(SecretListing listing) {
            deleted.values().removeIf(at -> nanoTime.getAsLong() - at > settlesAfter.toNanos());
            return new SecretListing(
                    listing.secrets().stream()
                            .filter(secret -> !deleted.containsKey(secret.id()))
                            .toList(),
                    listing.at());
        }

        /** Cognito did not list this id; null if it listed the current one. Whether it is absent needs two listings. */
        void listed(@Nullable String missingId) {
            if (missingId == null) {
                missing = null;
            } else if (missing == null || !missing.id.equals(missingId)) {
                missing = new Missing(missingId, nanoTime.getAsLong());
            }
        }

        /** Whether a listing long enough ago lacked this id too. */
        boolean isAbsenceConfirmed(String id) {
            return missing != null
                    && missing.id.equals(id)
                    && nanoTime.getAsLong() - missing.since >= settlesAfter.toNanos();
        }

        /** Counts an attempt to add a secret. */
        void added() {
            adds.addLast(clock.instant());
        }

        /** How long the next attempt to add a secret has to wait: zero if it may be made now. */
        Duration untilAdd() {
            Instant start = clock.instant().minus(HOUR);
            while (!adds.isEmpty() && adds.getFirst().isBefore(start)) {
                adds.removeFirst();
            }
            return adds.size() < ADDS_IN_AN_HOUR
                    ? Duration.ZERO
                    : Duration.between(start, adds.getFirst()).plusMillis(1);
        }

        /**
         * The client's Secret has the current secret. Returns when it was first seen with it, without a gap since then.
         *
         * @param now Cognito's time
         */
        Instant publishedSince(String id, Instant now) {
            Published last = published;
            if (last == null || !last.id.equals(id)) {
                last = new Published(id, now);
                published = last;
            }
            return last.since;
        }

        /** The client's Secret does not have the current secret, or did not have it when this reconciliation began. */
        void notPublished() {
            published = null;
        }

        /** A secret was added, and its publication, perhaps by a later reconciliation, is not announced yet. */
        void toAnnounce(String id) {
            unannounced = id;
        }

        /** Whether the publication of this secret is to be announced now. True once. */
        boolean announcesPublication(String id) {
            boolean now = id.equals(unannounced);
            unannounced = now ? null : unannounced;
            return now;
        }

        /** Whether a listing lacked the current id, and no later one has settled that. */
        boolean isAbsenceSuspected() {
            return missing != null;
        }

        /** Makes no step for this time by the first of both clocks, unless the fingerprint changes. */
        void hold(Duration time, String fingerprint, RotationReport report) {
            held = new Held(
                    nanoTime.getAsLong() + time.toNanos(), clock.instant().plus(time), fingerprint, report);
        }

        void release() {
            held = null;
        }

        /** The report of a step that still has to wait; null if a step may be made. */
        @Nullable
        RotationReport held(String fingerprint) {
            Held last = held;
            return last != null
                            && last.fingerprint.equals(fingerprint)
                            && untilReleased(last).isPositive()
                    ? last.report
                    : null;
        }

        /** How long until the next step may be made: zero or less when it may be made now. */
        Duration untilReleased() {
            return held == null ? Duration.ZERO : untilReleased(held);
        }

        private Duration untilReleased(Held last) {
            Duration monotonic = Duration.ofNanos(last.until - nanoTime.getAsLong());
            Duration left = Duration.between(clock.instant(), last.end);
            return left.compareTo(monotonic) < 0 ? left : monotonic;
        }

        /** The annotation {@code retire-secret} with this id was answered and needs no call any more. */
        void answeredRetirement(String id) {
            answeredRetirement = id;
        }

        boolean isRetirementAnswered(String id) {
            return Objects.equals(answeredRetirement, id);
        }
    }
}
