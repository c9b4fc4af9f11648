package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.AppClientSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for each object, between reconciliations, the slot of the last drift check, the failures since the last success, and the
 * last refusal. All entries may be lost. An unknown object starts in the current slot, so a restart causes no calls.
 */
public final class CheckMemory {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** The slot of the last refused call. It is separate because drift checks have another interval. */
    private final Map<String, Long> lastAttempt = new ConcurrentHashMap<>();

    /** The slot of the last attempt to read the client secret, which ended in a refusal. */
    private final Map<String, Long> lastSecretAttempt = new ConcurrentHashMap<>();

    /** The settings of observed clients that differ from their manifests. Their Secrets contain values from them. */
    private final Map<String, AppClientSettings> observed = new ConcurrentHashMap<>();

    /** How often Cognito has refused contents that the pool has, at one generation. */
    private final Map<String, LagRefusals> lagRefusals = new ConcurrentHashMap<>();

    private final InstantSource clock;
    private final RandomGenerator random;

    public CheckMemory(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** Whether a new slot has begun since the last check. */
    public boolean isDue(String uid, Duration interval) {
        long slot = Slots.slot(uid, interval, clock.instant());
        Entry entry = entries.compute(
                uid,
                (id, known) -> known != null && known.interval.equals(interval) && known.slot <= slot
                        ? known
                        // Another interval, or a clock that was set back: restart in the current slot.
                        : Entry.at(known, interval, slot));
        return slot > entry.slot;
    }

    /** Records a check. The next one is due in the next slot. */
    public void recordCheck(String uid, Duration interval) {
        long slot = Slots.slot(uid, interval, clock.instant());
        entries.compute(uid, (id, known) -> Entry.at(known, interval, slot));
    }

    /** How long until the next check is due. */
    public Duration untilDue(String uid, Duration interval) {
        return Slots.untilNext(uid, interval, clock.instant());
    }

    /** Resets the counts of failures. */
    public void recordSuccess(String uid) {
        entries.computeIfPresent(uid, (id, known) -> new Entry(known.interval, known.slot, 0, null));
        lagRefusals.remove(uid);
    }

    /**
     * Counts a failure.
     *
     * @return how long to wait before the next attempt: more than zero, at most a bound that doubles with each failure up to the bound
     *     of the pace (full jitter). The number of attempts is unlimited
     */
    public Duration recordFailure(String uid, Pace pace) {
        Entry entry = entries.merge(
                uid,
                new Entry(Duration.ZERO, 0, 1, null),
                (known, first) -> new Entry(known.interval, known.slot, known.failures + 1, known.refusedFor));
        return pace.delay(entry.failures, random);
    }

    /** Records the input of a refused call, so that the operator does not repeat the call before its slot. */
    public void recordRefusal(String uid, String fingerprint) {
        entries.merge(
                uid,
                new Entry(Duration.ZERO, 0, 1, fingerprint),
                (known, first) -> new Entry(known.interval, known.slot, known.failures, fingerprint));
    }

    /** Whether the input of the last refusal is unchanged. A refusal from before the start of this process counts as unchanged. */
    public boolean isUnchangedSinceRefusal(String uid, String fingerprint) {
        Entry entry = entries.get(uid);
        return entry == null || entry.refusedFor == null || entry.refusedFor.equals(fingerprint);
    }

    /** Counts a refusal of contents that the pool has. Each generation starts a new count, and a success ends it. */
    public int countLagRefusal(String uid, long generation) {
        return lagRefusals.compute(
                        uid,
                        (id, known) -> new LagRefusals(
                                generation, known == null || known.generation != generation ? 1 : known.times + 1))
                .times;
    }

    /** How many such refusals were counted at this generation. */
    public int lagRefusals(String uid, long generation) {
        LagRefusals known = lagRefusals.get(uid);
        return known == null || known.generation != generation ? 0 : known.times;
    }

    /** Records a call that was refused. The next one is due in the next slot. */
    public void recordAttempt(String uid, Duration interval) {
        lastAttempt.put(uid, Slots.slot(uid, interval, clock.instant()));
    }

    /** Whether a new slot has begun since the last refused call. */
    public boolean isRetryDue(String uid, Duration interval) {
        long slot = Slots.slot(uid, interval, clock.instant());
        return slot > lastAttempt.merge(uid, slot, Math::min);
    }

    /** As {@link #recordAttempt}, for an attempt to read the client secret. */
    public void recordSecretAttempt(String uid, Duration interval) {
        lastSecretAttempt.put(uid, Slots.slot(uid, interval, clock.instant()));
    }

    /** Whether a new slot has begun since the last attempt to read the client secret. */
    public boolean isSecretRetryDue(String uid, Duration interval) {
        long slot = Slots.slot(uid, interval, clock.instant());
        return slot > lastSecretAttempt.merge(uid, slot, Math::min);
    }

    /** Records the settings of an observed client; null when they match the manifest. */
    public void recordObserved(String uid, @Nullable AppClientSettings settings) {
        if (settings == null) {
            observed.remove(uid);
        } else {
            observed.put(uid, settings);
        }
    }

    /** The settings of an observed client at its last check; null if they matched the manifest, or this process did not check it. */
    public @Nullable AppClientSettings observed(String uid) {
        return observed.get(uid);
    }

    /** The number of entries of all kinds. */
    public int size() {
        return entries.size() + lastAttempt.size() + lastSecretAttempt.size() + observed.size() + lagRefusals.size();
    }

    public void forget(String uid) {
        observed.remove(uid);
        entries.remove(uid);
        lastAttempt.remove(uid);
        lastSecretAttempt.remove(uid);
        lagRefusals.remove(uid);
    }

    private record LagRefusals(long generation, int times) {}

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
