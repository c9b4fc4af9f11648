package dev.appclients.cognito.controller;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What this process has itself seen of the creates for each object. The status is no proof: it can be wiped or forged by whoever
 * may write it, and the clock that dated an intent may have been wrong. Two things follow that nobody else can forge.
 *
 * <p>An object is <em>new</em> when this process saw it before it had our finalizer, which comes before every create, or has
 * searched the pool since, and has not begun a create. Whatever else looks new is searched for in the pool.
 *
 * <p>A create has <em>settled</em> when enough time has passed by the clock that is never set, since this process ended its call
 * or first saw the intent that another process recorded. What the intent says of its time does not count.
 *
 * <p>All of it may be lost: then the pool is searched, and an intent settles later than it might.
 */
final class CreateHistory {

    /** Into so many parts the time until a create has settled is divided; those within one part are looked for together. */
    private static final int TOGETHER = 12;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** The app client that this process created for an object, or that Cognito described to it as the object's. */
    private final Map<String, String> proven = new ConcurrentHashMap<>();

    private final Duration settlesAfter;
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    /** @param nanoTime only goes forward, such as {@code System::nanoTime} */
    CreateHistory(Duration settlesAfter, InstantSource clock, LongSupplier nanoTime) {
        this.settlesAfter = settlesAfter;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** The object was seen without our finalizer: nobody has created anything for it. */
    void seenUntouched(String uid) {
        entries.putIfAbsent(uid, Entry.NEW);
    }

    /** Another process has the object in hand. */
    void inOtherHands(String uid) {
        proven.remove(uid);
        entries.computeIfPresent(uid, (id, known) -> known.intent() == null ? null : known.notUntouched());
    }

    /** A search that counts has found nothing. */
    void searchedInVain(String uid) {
        entries.put(uid, Entry.NEW);
    }

    /** Whether it is certain that no create was ever begun for the object. */
    boolean isNew(String uid) {
        return Entry.NEW.equals(entries.get(uid));
    }

    /** This process is about to create. */
    void begins(String uid, Instant since) {
        proven.remove(uid);
        entries.compute(
                uid,
                (id, known) -> new Entry(
                        known != null && known.untouchedBefore(),
                        since,
                        true,
                        false,
                        clock.instant(),
                        nanoTime.getAsLong()));
    }

    /** The call is over, whatever it came to: only what is looked for long enough after this tells what there is. */
    void ended(String uid) {
        entries.computeIfPresent(
                uid, (id, known) -> known.own() ? known.seen(clock.instant(), nanoTime.getAsLong()) : known);
    }

    /** The create that was about to begin has surely had no effect. */
    void cameToNothing(String uid) {
        entries.computeIfPresent(uid, (id, known) -> known.untouchedBefore() ? Entry.NEW : null);
    }

    /** The client exists. */
    void created(String uid) {
        entries.computeIfPresent(uid, (id, known) -> known.withKnownOutcome());
    }

    /** Cognito described this app client as the object's own. The first one stays the object's until a create begins. */
    void proved(String uid, String clientId) {
        proven.putIfAbsent(uid, clientId);
    }

    /** The object's own app client as far as this process itself has seen it; empty when it has not, as after a start. */
    Optional<String> provenClient(String uid) {
        return Optional.ofNullable(proven.get(uid));
    }

    /** Whether this process has begun, or seen, a create that may still turn up and has not. */
    boolean isOutcomeUnknown(String uid) {
        Entry entry = entries.get(uid);
        return entry != null && !entry.outcomeKnown() && !settling(uid, null).isOver();
    }

    /**
     * When a create that is not found has come to nothing.
     *
     * @param since the intent that the status tells of; null when it tells of none, and what this process remembers decides
     */
    Settling settling(String uid, @Nullable Instant since) {
        Entry entry = since == null
                ? entries.get(uid)
                : entries.compute(
                        uid,
                        (id, known) -> known != null && since.equals(known.intent())
                                ? known
                                : new Entry(false, since, false, false, clock.instant(), nanoTime.getAsLong()));
        if (entry == null || entry.intent() == null) {
            return Settling.OVER;
        }
        Duration left = settlesAfter.minusNanos(nanoTime.getAsLong() - entry.seenNanos());
        return new Settling(
                Optional.of(entry.intent()),
                entry.own(),
                left,
                together(entry.seenAt().plus(settlesAfter)));
    }

    /** Those that settle at about the same time look again at the same time, so that one walk over the pool serves them. */
    private Instant together(Instant settled) {
        long step = Math.max(1, settlesAfter.toMillis() / TOGETHER);
        return Instant.ofEpochMilli(Math.ceilDiv(settled.toEpochMilli(), step) * step);
    }

    int size() {
        return entries.size();
    }

    void forget(String uid) {
        proven.remove(uid);
        entries.remove(uid);
    }

    /**
     * How far a create is from having come to nothing, should it not be found.
     *
     * @param intent the intent that is waited for; empty when there is nothing to wait for
     * @param own whether this process recorded it
     * @param left not positive when not found counts, since so long
     * @param until when it is looked for again, by the wall clock: shortly after it has settled
     */
    record Settling(Optional<Instant> intent, boolean own, Duration left, Instant until) {

        static final Settling OVER = new Settling(Optional.empty(), false, Duration.ZERO, Instant.EPOCH);

        boolean isOver() {
            return !left.isPositive();
        }

        /**
         * A walk over the pool that begins then says whether there is a client. Once it has settled, any since then; so that many
         * share one. Until then not found proves nothing: for another process's intent, any walk that is still known will do.
         */
        Instant countsFrom(Instant now) {
            if (left.isNegative()) {
                return now.plus(left);
            }
            return own || isOver() ? now : Instant.EPOCH;
        }

        /** How long to wait until it is looked for again. */
        Duration lookAgainAfter(Instant now) {
            Duration byTheClock = Duration.between(now, until);
            return byTheClock.compareTo(left) > 0 && byTheClock.compareTo(left.multipliedBy(2)) < 0 ? byTheClock : left;
        }
    }

    /**
     * What is known of one object.
     *
     * @param untouchedBefore whether nothing can have been created before this intent
     * @param intent the last create that was begun; null before the first
     * @param own whether this process began it
     * @param outcomeKnown whether that create is known to have made the client
     * @param seenAt when its call ended here, or it was first known here, by the wall clock
     * @param seenNanos the same by the clock that is never set
     */
    private record Entry(
            boolean untouchedBefore,
            @Nullable Instant intent,
            boolean own,
            boolean outcomeKnown,
            Instant seenAt,
            long seenNanos) {

        static final Entry NEW = new Entry(true, null, false, true, Instant.EPOCH, 0);

        Entry notUntouched() {
            return new Entry(false, intent, own, outcomeKnown, seenAt, seenNanos);
        }

        Entry seen(Instant at, long nanos) {
            return new Entry(untouchedBefore, intent, own, outcomeKnown, at, nanos);
        }

        Entry withKnownOutcome() {
            return new Entry(false, intent, own, true, seenAt, seenNanos);
        }
    }
}
