package dev.appclients.cognito.controller.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the creates that this process began or learned of, by UID. A status proves nothing about them: other writers can wipe or
 * forge it, and the clock that dated an intent may have been wrong.
 *
 * <p>An object is <em>new</em> when this process saw it without our finalizer, or has listed the pool since, and has begun no create.
 * The finalizer precedes every create. For any other object without an id, the operator lists the pool.
 *
 * <p>A create has <em>settled</em> when enough time has passed since this process ended the call or first saw the intent of another
 * process. The time is measured by the monotonic clock, not by the time in the intent.
 *
 * <p>All entries may be lost. The operator then lists the pool, and intents settle later.
 */
final class CreateHistory {

    /** Settling times are rounded up to this fraction of the settling period, so that one list serves several objects. */
    private static final int STEPS_PER_PERIOD = 12;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** The app client that this process created for an object, or that Cognito described to it as the object's. */
    private final Map<String, String> ownClients = new ConcurrentHashMap<>();

    private final Duration settlesAfter;
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    /** @param nanoTime monotonic, such as {@code System::nanoTime} */
    CreateHistory(Duration settlesAfter, InstantSource clock, LongSupplier nanoTime) {
        this.settlesAfter = settlesAfter;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Records an object without our finalizer: no process has begun a create for it. */
    void markNew(String uid) {
        entries.putIfAbsent(uid, Entry.NEW);
    }

    /** Records that another process reconciles the object. */
    void takenOver(String uid) {
        ownClients.remove(uid);
        entries.computeIfPresent(uid, (id, known) -> known.intent() == null ? null : known.withoutProofOfAbsence());
    }

    /** Records that a list of the pool, begun late enough, does not contain the object's client. */
    void confirmAbsent(String uid) {
        entries.compute(uid, (id, known) -> known == null ? Entry.NEW : known.withoutEffect());
    }

    /** Whether certainly no create was begun for the object, or none took effect. */
    boolean isNew(String uid) {
        Entry entry = entries.get(uid);
        return entry != null && entry.intent() == null;
    }

    /**
     * Whether certainly no create was begun for the object, or none took effect, although the status may still have its intent.
     *
     * @param since time of the intent in the status; null if the status has none
     */
    boolean isNew(String uid, @Nullable Instant since) {
        Entry entry = entries.get(uid);
        return entry != null && entry.intent() == null && (since == null || since.equals(entry.ineffective()));
    }

    /** Records that this process is about to create. */
    void beginCreate(String uid, Instant since) {
        ownClients.remove(uid);
        entries.compute(
                uid,
                (id, known) -> new Entry(
                        known != null && known.absentBefore(),
                        since,
                        true,
                        false,
                        clock.instant(),
                        nanoTime.getAsLong(),
                        null));
    }

    /** Records that the call has ended, with any result. The settling period begins now. */
    void callEnded(String uid) {
        entries.computeIfPresent(
                uid, (id, known) -> known.own() ? known.seen(clock.instant(), nanoTime.getAsLong()) : known);
    }

    /** Records that the create certainly had no effect. */
    void createHadNoEffect(String uid) {
        entries.computeIfPresent(uid, (id, known) -> known.absentBefore() ? known.withoutEffect() : null);
    }

    /** Records that the create made the client. */
    void created(String uid) {
        entries.computeIfPresent(uid, (id, known) -> known.withKnownOutcome());
    }

    /** Records an app client that Cognito described as the object's own. The first one counts until a create begins. */
    void recordOwnClient(String uid, String clientId) {
        ownClients.putIfAbsent(uid, clientId);
    }

    /** The object's own app client, as this process created or read it; empty if it has not, for example after a start. */
    Optional<String> ownClient(String uid) {
        return Optional.ofNullable(ownClients.get(uid));
    }

    /** Whether this process knows of a create that may still take effect. */
    boolean isOutcomeUnknown(String uid) {
        Entry entry = entries.get(uid);
        return entry != null && !entry.outcomeKnown() && !settling(uid, null).isOver();
    }

    /**
     * When the absence of a client proves that a create had no effect.
     *
     * @param since time of the intent in the status; null if the status has none, and the remembered intent counts
     */
    Settling settling(String uid, @Nullable Instant since) {
        Entry entry = since == null
                ? entries.get(uid)
                : entries.compute(
                        uid,
                        (id, known) -> known != null
                                        && (since.equals(known.intent()) || since.equals(known.ineffective()))
                                ? known
                                : new Entry(false, since, false, false, clock.instant(), nanoTime.getAsLong(), null));
        if (entry == null || entry.intent() == null) {
            return Settling.OVER;
        }
        Duration left = settlesAfter.minusNanos(nanoTime.getAsLong() - entry.seenNanos());
        return new Settling(
                Optional.of(entry.intent()),
                entry.own(),
                left,
                roundedUp(entry.seenAt().plus(settlesAfter)));
    }

    private Instant roundedUp(Instant settled) {
        long step = Math.max(1, settlesAfter.toMillis() / STEPS_PER_PERIOD);
        long millis = settled.plusNanos(999_999).toEpochMilli();
        return Instant.ofEpochMilli(Math.ceilDiv(millis, step) * step);
    }

    int size() {
        return entries.size();
    }

    void forget(String uid) {
        ownClients.remove(uid);
        entries.remove(uid);
    }

    /**
     * How long a create may still take effect.
     *
     * @param intent the intent of the create; empty without a create
     * @param own whether this process recorded the intent
     * @param left remaining time; zero or negative when the create has settled, since that time
     * @param until when the operator lists the pool again, by the wall clock: shortly after the create has settled
     */
    record Settling(Optional<Instant> intent, boolean own, Duration left, Instant until) {

        static final Settling OVER = new Settling(Optional.empty(), false, Duration.ZERO, Instant.EPOCH);

        boolean isOver() {
            return !left.isPositive();
        }

        /**
         * The earliest start of a list that decides whether the client exists. Once the create has settled, any list since then
         * decides, so that several objects share one. Before, absence proves nothing: for another process's intent any known list
         * will do.
         */
        Instant listNotBefore(Instant now) {
            if (left.isNegative()) {
                return now.plus(left);
            }
            return own || isOver() ? now : Instant.EPOCH;
        }

        /** How long to wait before the next list. */
        Duration retryAfter(Instant now) {
            Duration byTheClock = Duration.between(now, until);
            return byTheClock.compareTo(left) > 0 && byTheClock.compareTo(left.multipliedBy(2)) < 0 ? byTheClock : left;
        }
    }

    /**
     * The last create of one object.
     *
     * @param absentBefore whether certainly no earlier create took effect
     * @param intent of the create; null before the first
     * @param own whether this process began it
     * @param outcomeKnown whether it is known to have made the client
     * @param seenAt when its call ended in this process, or this process first saw it, by the wall clock
     * @param seenNanos the same by the monotonic clock
     * @param ineffective an earlier intent that is known to have had no effect, and that a status may still have; only without an intent
     */
    private record Entry(
            boolean absentBefore,
            @Nullable Instant intent,
            boolean own,
            boolean outcomeKnown,
            Instant seenAt,
            long seenNanos,
            @Nullable Instant ineffective) {

        static final Entry NEW = new Entry(true, null, false, true, Instant.EPOCH, 0, null);

        Entry withoutEffect() {
            return intent == null ? this : new Entry(true, null, false, true, Instant.EPOCH, 0, intent);
        }

        Entry withoutProofOfAbsence() {
            return new Entry(false, intent, own, outcomeKnown, seenAt, seenNanos, ineffective);
        }

        Entry seen(Instant at, long nanos) {
            return new Entry(absentBefore, intent, own, outcomeKnown, at, nanos, ineffective);
        }

        Entry withKnownOutcome() {
            return new Entry(false, intent, own, true, seenAt, seenNanos, ineffective);
        }
    }
}
