package dev.appclients.cognito.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The service's clock. Answers, quotas and credentials use it.
 *
 * <p>{@link #skew} makes the clock wrong and lets no time pass. {@link #advance} lets time pass: quotas refill, lagging reads catch
 * up, and sessions expire.
 */
public final class SimulatorClock implements InstantSource {

    private final InstantSource source;
    private final Instant started;
    private final AtomicLong skewMillis = new AtomicLong();
    private final AtomicLong advancedMillis = new AtomicLong();

    SimulatorClock(InstantSource source) {
        this.source = source;
        this.started = source.instant();
    }

    @Override
    public Instant instant() {
        return source.instant().plusMillis(skewMillis.get() + advancedMillis.get());
    }

    /** Sets the error of the clock; negative if it is behind. Replaces an earlier skew. */
    public void skew(Duration offset) {
        skewMillis.set(offset.toMillis());
    }

    /** The error of the clock. */
    public Duration skew() {
        return Duration.ofMillis(skewMillis.get());
    }

    /** Lets this much time pass at once. */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("Time passes forwards only; use skew for a clock that is behind.");
        }
        advancedMillis.addAndGet(time.toMillis());
    }

    /** Nanoseconds that have passed since the start, without the skew. */
    long elapsedNanos() {
        return Duration.between(started, source.instant())
                .plusMillis(advancedMillis.get())
                .toNanos();
    }
}
