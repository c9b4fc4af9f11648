package dev.appclients.cognito.controller;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When this process itself last set about creating each client. A status may have been wiped or forged since, and then says
 * less than was done; a walk over the pool's clients that began before could miss a client of ours. Kept for some minutes:
 * longer than a walk is kept, and than a create can still turn up.
 */
final class RecentIntents {

    private static final Duration KEPT = Duration.ofMinutes(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, Instant> since = new LinkedHashMap<>();

    /** A create for this object begins. */
    void add(String uid, Instant at) {
        lock.lock();
        try {
            since.putLast(uid, at);
            Iterator<Map.Entry<String, Instant>> oldest = since.entrySet().iterator();
            while (oldest.next().getValue().plus(KEPT).isBefore(at)) {
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The given moment, or that of our own last create for this object if it was later. */
    Instant orLater(String uid, Instant recorded) {
        lock.lock();
        try {
            Instant own = since.get(uid);
            return own != null && own.isAfter(recorded) ? own : recorded;
        } finally {
            lock.unlock();
        }
    }
}
