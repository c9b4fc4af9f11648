package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.model.PoolId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Spaces the scheduled starts of rotations in a pool, so that a schedule that many clients get at once delays no edit. Each client
 * reserves a start. Starts on request and by need are not paced.
 */
final class StartPacer {

    /** Two starts a minute in a pool. */
    static final Duration INTERVAL = Duration.ofSeconds(30);

    /** A start that is not taken within this time is lost, so that no crowd of late starts forms. */
    static final Duration KEPT = INTERVAL.multipliedBy(10);

    private final LongSupplier nanoTime;
    private final Map<String, Long> lastReserved = new HashMap<>();
    private final Map<String, Long> reserved = new HashMap<>();

    /** @param nanoTime monotonic */
    StartPacer(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * How long a client waits for its start. The first question reserves it, and so does the first one after it was lost.
     *
     * @return zero or less: now
     */
    synchronized Duration untilStart(PoolId pool, String uid) {
        long now = nanoTime.getAsLong();
        Long start = reserved.get(uid);
        if (start == null || now - start > KEPT.toNanos()) {
            Long last = lastReserved.get(pool.value());
            start = last == null || last + INTERVAL.toNanos() - now <= 0 ? now : last + INTERVAL.toNanos();
            lastReserved.put(pool.value(), start);
            reserved.put(uid, start);
        }
        return Duration.ofNanos(start - now);
    }

    /** The client's rotation began, or it is gone. */
    synchronized void release(@Nullable String uid) {
        reserved.remove(uid);
    }

    synchronized int size() {
        return reserved.size();
    }
}
