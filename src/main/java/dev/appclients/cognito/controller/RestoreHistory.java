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

    /** Counts one more restore; false when there were too many, and this one must not be. */
    boolean mayRestore(String uid) {
        Instant now = clock.instant();
        Deque<Instant> history = restores.computeIfAbsent(uid, id -> new ArrayDeque<>());
        synchronized (history) {
            forgetThoseBefore(history, now.minus(settings.restoreWindow()));
            if (history.size() >= settings.restoreLimit()) {
                return false;
            }
            history.addLast(now);
            return true;
        }
    }

    /** Whether a restore now would be one too many. */
    boolean isExhausted(String uid) {
        Deque<Instant> history = restores.get(uid);
        if (history == null) {
            return false;
        }
        synchronized (history) {
            forgetThoseBefore(history, clock.instant().minus(settings.restoreWindow()));
            return history.size() >= settings.restoreLimit();
        }
    }

    private static void forgetThoseBefore(Deque<Instant> history, Instant windowBegan) {
        while (!history.isEmpty() && history.getFirst().isBefore(windowBegan)) {
            history.removeFirst();
        }
    }

    void forget(String uid) {
        restores.remove(uid);
    }
}
