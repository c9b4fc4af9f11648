package dev.appclients.cognito.controller.guards;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Remembers when each object is to be looked at again, and notices when that moment passes and nothing happens: the timer that
 * the framework wakes objects with dies of one exception (a meter registered twice, for instance), silently and for good.
 * Goes away when the framework's own health check sees it; the known cause is mended in JOSDK 5.3.3 (issue 3256).
 */
public final class WakeUps {

    private final Map<String, Long> promised = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Duration tolerance;

    /** @param tolerance how late a wake-up may be before the timer counts as dead */
    public WakeUps(InstantSource clock, Duration tolerance) {
        this(clock, System::nanoTime, tolerance);
    }

    /** @param nanoTime only goes forward: a wall clock that is set must not look like a dead timer */
    WakeUps(InstantSource clock, LongSupplier nanoTime, Duration tolerance) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.tolerance = tolerance;
    }

    /** The object will be woken after this delay, if not before. */
    public void promised(String uid, Duration delay) {
        promised.put(uid, nanoTime.getAsLong() + delay.toNanos());
    }

    /** The object was woken, by the timer or by anything else, or is gone. */
    public void arrived(String uid) {
        promised.remove(uid);
    }

    /** How many wake-ups are waited for. */
    public int size() {
        return promised.size();
    }

    /** The wake-up that is longest overdue, if one is overdue beyond tolerance. */
    public Optional<Instant> overdue() {
        long now = nanoTime.getAsLong();
        return promised.values().stream()
                .map(due -> now - due)
                .max(Long::compareTo)
                .filter(late -> late > tolerance.toNanos())
                .map(late -> clock.instant().minusNanos(late));
    }

    /** Objects that went without a pass of ours are no longer waited for. */
    public void keepOnly(Set<String> uids) {
        promised.keySet().retainAll(uids);
    }
}
