package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.status.PoolStatus.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the operator from reading a pool again before its back-off ends. Each client that comes or goes wakes its pool, and must not
 * cost a call. Another spec, or a new request by annotation, ends the back-off at once.
 */
final class PoolBackOff {

    private final Map<String, Held> byUid = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** @param nanoTime only goes forward: a wall clock that is set must neither end a back-off nor prolong it */
    PoolBackOff(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * What the last read of the pool came to.
     *
     * @param facts what was read; null when nothing was, and what the status says still holds
     * @param problem why the pool cannot be used; null when it can
     * @param stalled whether only a person can end the problem
     */
    record Reading(@Nullable PoolFacts facts, @Nullable Problem problem, boolean stalled) {}

    /**
     * A reading that holds.
     *
     * @param left for how much longer
     */
    record Hold(Reading reading, Duration left) {}

    /** The next read of the pool comes after this delay, or after the one before if that is longer, whatever wakes the pool. */
    void hold(ClusterUserPool pool, Reading reading, Duration delay) {
        Held held = new Held(
                pool.getMetadata().getGeneration(),
                Annotations.reconcileRequest(pool),
                reading,
                nanoTime.getAsLong() + delay.toNanos());
        byUid.merge(
                pool.getMetadata().getUid(),
                held,
                (before, now) -> before.isFor(pool) && before.until - now.until > 0 ? before : now);
    }

    /** The reading that holds for this pool; empty when the pool may be read. */
    Optional<Hold> holding(ClusterUserPool pool) {
        Held held = byUid.get(pool.getMetadata().getUid());
        if (held == null || !held.isFor(pool)) {
            return Optional.empty();
        }
        long left = held.until - nanoTime.getAsLong();
        // Rounded up to the timer's milliseconds: a wake-up that is too early would be repeated.
        return left > 0
                ? Optional.of(new Hold(held.reading, Duration.ofNanos(left).plusMillis(1)))
                : Optional.empty();
    }

    /** Whether the last read failed, or what it showed could not be written, and it must be repeated. */
    boolean isUnfinished(ClusterUserPool pool) {
        return byUid.containsKey(pool.getMetadata().getUid());
    }

    /** The status stands: what was read need not be read again. */
    void written(ClusterUserPool pool) {
        byUid.computeIfPresent(pool.getMetadata().getUid(), (uid, held) -> held.reading.facts() == null ? held : null);
    }

    /** The pool was read, or is gone. */
    void forget(String uid) {
        byUid.remove(uid);
    }

    int size() {
        return byUid.size();
    }

    private record Held(long generation, @Nullable String request, Reading reading, long until) {

        boolean isFor(ClusterUserPool pool) {
            return generation == pool.getMetadata().getGeneration()
                    && Objects.equals(request, Annotations.reconcileRequest(pool));
        }
    }
}
