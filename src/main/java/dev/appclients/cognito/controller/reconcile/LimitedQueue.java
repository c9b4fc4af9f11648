package dev.appclients.cognito.controller.reconcile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Queues the passes of a kind that must not hold all permits. The namespaces take turns. A namespace whose API calls are slow, such as one
 * with a webhook that times out, delays no other. Not thread-safe.
 */
final class LimitedQueue {

    private final int limitOfNamespace;
    private final int limit;
    private final Map<String, Lane> lanes = new HashMap<>();

    /** The namespaces with a pass that may start, each once. */
    private final Deque<String> turns = new ArrayDeque<>();

    private int running;

    /**
     * @param limitOfNamespace how many passes of one namespace may run at once
     * @param limit how many passes may run at once
     */
    LimitedQueue(int limitOfNamespace, int limit) {
        this.limitOfNamespace = limitOfNamespace;
        this.limit = limit;
    }

    /** A pass that may start. {@link #ended} must follow. */
    record Started(String namespace, Runnable pass) {}

    void add(String namespace, Runnable pass) {
        Lane lane = lanes.computeIfAbsent(namespace, unknown -> new Lane());
        lane.waiting.add(pass);
        takeTurn(namespace, lane);
    }

    /** Whether {@link #poll} returns a pass. */
    boolean hasNext() {
        return running < limit && !turns.isEmpty();
    }

    /** Removes the next pass that may start; null if none may. */
    @Nullable
    Started poll() {
        if (!hasNext()) {
            return null;
        }
        String namespace = turns.remove();
        Lane lane = lane(namespace);
        lane.hasTurn = false;
        lane.running++;
        running++;
        Runnable pass = lane.waiting.remove();
        takeTurn(namespace, lane);
        return new Started(namespace, pass);
    }

    /** A pass of the namespace has ended. */
    void ended(String namespace) {
        Lane lane = lane(namespace);
        lane.running--;
        running--;
        if (lane.running == 0 && lane.waiting.isEmpty()) {
            lanes.remove(namespace);
        } else {
            takeTurn(namespace, lane);
        }
    }

    /** Removes and returns the passes that wait. */
    List<Runnable> clear() {
        List<Runnable> all = new ArrayList<>();
        lanes.values().forEach(lane -> {
            all.addAll(lane.waiting);
            lane.waiting.clear();
            lane.hasTurn = false;
        });
        turns.clear();
        return all;
    }

    private Lane lane(String namespace) {
        return Objects.requireNonNull(lanes.get(namespace), "no pass of this namespace was started");
    }

    private void takeTurn(String namespace, Lane lane) {
        if (!lane.hasTurn && !lane.waiting.isEmpty() && lane.running < limitOfNamespace) {
            lane.hasTurn = true;
            turns.add(namespace);
        }
    }

    private static final class Lane {
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private int running;
        private boolean hasTurn;
    }
}
