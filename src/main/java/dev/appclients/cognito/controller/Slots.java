package dev.appclients.cognito.controller;

import java.time.Duration;
import java.time.Instant;

/**
 * When an object is looked at again: wall-clock slots, shifted by a hash of the object's UID. The load is even, nothing is
 * stored, and a restart changes nothing.
 */
final class Slots {

    private Slots() {}

    /** The slot that a moment falls into: {@code floor((now − hash(UID)) / interval)}. */
    static long slot(String uid, Duration interval, Instant now) {
        return Math.floorDiv(now.toEpochMilli() - shift(uid, interval), interval.toMillis());
    }

    /** How long until the next slot begins: more than zero, at most the interval. */
    static Duration untilNext(String uid, Duration interval, Instant now) {
        long millis = interval.toMillis();
        long begin = (slot(uid, interval, now) + 1) * millis + shift(uid, interval);
        return Duration.ofMillis(begin - now.toEpochMilli());
    }

    private static long shift(String uid, Duration interval) {
        // Spread over the whole interval: String.hashCode alone would leave long intervals half empty.
        long mixed = uid.hashCode() * 0x9E3779B97F4A7C15L;
        return Math.floorMod(mixed >>> 16, interval.toMillis());
    }
}
