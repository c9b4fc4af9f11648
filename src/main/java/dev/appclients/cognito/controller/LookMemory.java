package dev.appclients.cognito.controller;

import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.AppClientSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What this process remembers of an object between two passes: the last slot in which it was looked at, how often it has
 * failed since it last succeeded, and what it was refused for. All of it may be lost: a UID that is not in memory starts with
 * the current slot, so a restart costs no call.
 */
final class LookMemory {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** The slot in which a refused question was last asked: of its own, for looks for drift have other intervals. */
    private final Map<String, Long> lastAsked = new ConcurrentHashMap<>();

    /** What observed clients have that is not what their manifests say: their Secrets tell of it. */
    private final Map<String, AppClientSettings> observed = new ConcurrentHashMap<>();

    /** How often Cognito has refused, at one generation, what the pool has. */
    private final Map<String, RefusedAlthoughThere> refusedAlthoughThere = new ConcurrentHashMap<>();

    private final InstantSource clock;
    private final RandomGenerator random;

    LookMemory(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** Whether a new slot has begun since the last look. */
    boolean isDue(String uid, Duration interval) {
        long slot = Slots.slot(uid, interval, clock.instant());
        Entry entry = entries.compute(
                uid,
                (id, known) -> known != null && known.interval.equals(interval) && known.slot <= slot
                        ? known
                        // Another interval, or a clock that was set back: begun anew with the current slot.
                        : Entry.at(known, interval, slot));
        return slot > entry.slot;
    }

    /** The object was looked at: the next look is due in the next slot. */
    void looked(String uid, Duration interval) {
        long slot = Slots.slot(uid, interval, clock.instant());
        entries.compute(uid, (id, known) -> Entry.at(known, interval, slot));
    }

    /** How long until the next look is due. */
    Duration untilDue(String uid, Duration interval) {
        return Slots.untilNext(uid, interval, clock.instant());
    }

    /** The object is as it should be: the next failure counts as the first. */
    void succeeded(String uid) {
        entries.computeIfPresent(uid, (id, known) -> new Entry(known.interval, known.slot, 0, null));
        refusedAlthoughThere.remove(uid);
    }

    /**
     * Counts a failure, and says how long to wait: anything above nothing and up to a bound that doubles until the pace's own
     * (full jitter), so that objects which fail together do not come back together. There is no last attempt.
     */
    Duration failed(String uid, Pace pace) {
        Entry entry = entries.merge(
                uid,
                new Entry(Duration.ZERO, 0, 1, null),
                (known, first) -> new Entry(known.interval, known.slot, known.failures + 1, known.refusedFor));
        return pace.delay(entry.failures, random);
    }

    /** Remembers what a refusal was about, so that the same is not asked again before its slot. */
    void refused(String uid, String fingerprint) {
        entries.merge(
                uid,
                new Entry(Duration.ZERO, 0, 1, fingerprint),
                (known, first) -> new Entry(known.interval, known.slot, known.failures, fingerprint));
    }

    /** Whether what was refused is still what is asked for; a refusal from before this process began counts as the same. */
    boolean sameAsRefused(String uid, String fingerprint) {
        Entry entry = entries.get(uid);
        return entry == null || entry.refusedFor == null || entry.refusedFor.equals(fingerprint);
    }

    /** Counts a refusal of something that the pool has; the count begins again with each generation, and ends with a success. */
    int refusedAlthoughThere(String uid, long generation) {
        return refusedAlthoughThere.compute(
                        uid,
                        (id, known) -> new RefusedAlthoughThere(
                                generation, known == null || known.generation != generation ? 1 : known.times + 1))
                .times;
    }

    /** How often that was counted at this generation. */
    int timesRefusedAlthoughThere(String uid, long generation) {
        RefusedAlthoughThere known = refusedAlthoughThere.get(uid);
        return known == null || known.generation != generation ? 0 : known.times;
    }

    /** What was refused was asked just now. */
    void asked(String uid, Duration interval) {
        lastAsked.put(uid, Slots.slot(uid, interval, clock.instant()));
    }

    /** Whether a new slot has begun since what was refused was last asked. */
    boolean mayAskAgain(String uid, Duration interval) {
        long slot = Slots.slot(uid, interval, clock.instant());
        return slot > lastAsked.merge(uid, slot, Math::min);
    }

    /** Remembers what an observed client has; null when it is what the manifest says. */
    void observed(String uid, @Nullable AppClientSettings settings) {
        if (settings == null) {
            observed.remove(uid);
        } else {
            observed.put(uid, settings);
        }
    }

    /** What an observed client had when it was last looked at; null when it was as the manifest says, or not looked at by this process. */
    @Nullable
    AppClientSettings observed(String uid) {
        return observed.get(uid);
    }

    /** How many entries there are, of all kinds. */
    int size() {
        return entries.size() + lastAsked.size() + observed.size() + refusedAlthoughThere.size();
    }

    void forget(String uid) {
        observed.remove(uid);
        entries.remove(uid);
        lastAsked.remove(uid);
        refusedAlthoughThere.remove(uid);
    }

    private record RefusedAlthoughThere(long generation, int times) {}

    private record Entry(
            Duration interval,
            long slot,
            int failures,
            @Nullable String refusedFor) {

        static Entry at(@Nullable Entry known, Duration interval, long slot) {
            return known == null
                    ? new Entry(interval, slot, 0, null)
                    : new Entry(interval, slot, known.failures, known.refusedFor);
        }
    }
}
