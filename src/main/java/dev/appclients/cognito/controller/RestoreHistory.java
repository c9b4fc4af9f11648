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
            while (!history.isEmpty()
                    && history.getFirst().plus(settings.restoreWindow()).isBefore(now)) {
                history.removeFirst();
            }
            if (history.size() >= settings.restoreLimit()) {
                return false;
            }
            history.addLast(now);
            return true;
        }
    }

    void forget(String uid) {
        restores.remove(uid);
    }
}
