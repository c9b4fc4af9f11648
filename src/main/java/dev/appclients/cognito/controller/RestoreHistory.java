package dev.appclients.cognito.controller;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often each client's Secret was put right lately, so that the operator stops fighting before it becomes a war. */
final class RestoreHistory {

    private final Map<String, Deque<Instant>> restores = new ConcurrentHashMap<>();
    private final OperatorSettings settings;
    private final InstantSource clock;

    RestoreHistory(OperatorSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether there were too many restores lately for one more. */
    boolean isExhausted(String uid) {
        Deque<Instant> history = restores.get(uid);
        if (history == null) {
            return false;
        }
        Instant now = clock.instant();
        Instant windowBegan = now.minus(settings.restoreWindow());
        synchronized (history) {
            // A restore in the future is one from before the clock was set back: nobody knows how old it is.
            history.removeIf(restore -> restore.isBefore(windowBegan) || restore.isAfter(now));
            return history.size() >= settings.restoreLimit();
        }
    }

    /** Counts a restore that was made. */
    void restored(String uid) {
        Deque<Instant> history = restores.computeIfAbsent(uid, id -> new ArrayDeque<>());
        synchronized (history) {
            history.addLast(clock.instant());
        }
    }

    int size() {
        return restores.size();
    }

    void forget(String uid) {
        restores.remove(uid);
    }
}
