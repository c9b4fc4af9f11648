package dev.appclients.cognito.controller.reconcile;

import java.time.Duration;
import java.time.Instant;

/**
 * Divides time into slots for periodic checks. A hash of the object's UID shifts its slots, so that the load is even. The slots depend
 * on the wall clock alone, so they survive a restart.
 */
final class Slots {

    private Slots() {}

    /** The slot of a moment: {@code floor((now − hash(UID)) / interval)}. */
    static long slot(String uid, Duration interval, Instant now) {
        return Math.floorDiv(now.toEpochMilli() - shift(uid, interval), interval.toMillis());
    }

    /** The time until the next slot begins: more than zero, at most the interval. */
    static Duration untilNext(String uid, Duration interval, Instant now) {
        long millis = interval.toMillis();
        long begin = (slot(uid, interval, now) + 1) * millis + shift(uid, interval);
        return Duration.ofMillis(begin - now.toEpochMilli());
    }

    private static long shift(String uid, Duration interval) {
        // String.hashCode alone would leave long intervals half empty.
        long mixed = uid.hashCode() * 0x9E3779B97F4A7C15L;
        return Math.floorMod(mixed >>> 16, interval.toMillis());
    }
}
