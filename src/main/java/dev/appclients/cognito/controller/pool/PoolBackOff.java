package dev.appclients.cognito.controller.pool;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.controller.cluster.Annotations;
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
 * Prevents reads of a pool before its back-off ends. Every created or deleted client triggers its pool, and must not cost a call. A new
 * spec or a new request by annotation ends the back-off.
 */
final class PoolBackOff {

    private final Map<String, BackOff> byUid = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** @param nanoTime monotonic: a change of the wall clock must not change a back-off */
    PoolBackOff(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * The result of the last read of the pool.
     *
     * @param facts the facts; null when none were read, so that those in the status stay valid
     * @param problem the reason that the pool cannot be used; null for a usable pool
     * @param stalled whether only a person can fix the problem
     */
    record Reading(@Nullable PoolFacts facts, @Nullable Problem problem, boolean stalled) {}

    /**
     * A reading during its back-off.
     *
     * @param remaining the time until its end
     */
    record Active(Reading reading, Duration remaining) {}

    /** Starts a back-off. A longer one for the same spec and request stays. */
    void start(ClusterUserPool pool, Reading reading, Duration delay) {
        BackOff backOff = new BackOff(
                pool.getMetadata().getGeneration(),
                Annotations.reconcileRequest(pool),
                reading,
                nanoTime.getAsLong() + delay.toNanos());
        byUid.merge(
                pool.getMetadata().getUid(),
                backOff,
                (before, now) -> before.isFor(pool) && before.until - now.until > 0 ? before : now);
    }

    /** Starts a back-off as above after a failed status write. A read that failed stays failed, whatever its status reports. */
    void startUnwritten(ClusterUserPool pool, Reading reported, Duration delay) {
        BackOff before = byUid.get(pool.getMetadata().getUid());
        Reading reading =
                before != null && before.isFor(pool) && before.reading.facts() == null ? before.reading : reported;
        start(pool, reading, delay);
    }

    /** The reading of the current back-off; empty when the pool may be read. */
    Optional<Active> active(ClusterUserPool pool) {
        BackOff backOff = byUid.get(pool.getMetadata().getUid());
        if (backOff == null || !backOff.isFor(pool)) {
            return Optional.empty();
        }
        long left = backOff.until - nanoTime.getAsLong();
        // Rounds up to the milliseconds of the timer, so that it does not fire before the end.
        return left > 0
                ? Optional.of(new Active(backOff.reading, Duration.ofNanos(left).plusMillis(1)))
                : Optional.empty();
    }

    /** Whether the last read failed, or its result was not written. */
    boolean isUnfinished(ClusterUserPool pool) {
        return byUid.containsKey(pool.getMetadata().getUid());
    }

    /** Ends the back-off of a successful read after its status write. */
    void statusWritten(ClusterUserPool pool) {
        byUid.computeIfPresent(
                pool.getMetadata().getUid(), (uid, backOff) -> backOff.reading.facts() == null ? backOff : null);
    }

    /** Ends the back-off: the pool was read or deleted. */
    void forget(String uid) {
        byUid.remove(uid);
    }

    int size() {
        return byUid.size();
    }

    private record BackOff(long generation, @Nullable String request, Reading reading, long until) {

        boolean isFor(ClusterUserPool pool) {
            return generation == pool.getMetadata().getGeneration()
                    && Objects.equals(request, Annotations.reconcileRequest(pool));
        }
    }
}
