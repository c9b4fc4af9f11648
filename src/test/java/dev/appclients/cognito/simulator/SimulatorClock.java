package dev.appclients.cognito.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The service's own clock: what it writes into answers, and what its quotas and credentials run on.
 *
 * <p>{@link #skew} changes only what the service believes the time to be, as a wrong clock would; {@link #advance} lets time
 * pass, so that quotas refill, lagging reads catch up and sessions expire.
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

    /** Sets how far the service's clock is off; negative when it is behind. Replaces an earlier skew. */
    public void skew(Duration offset) {
        skewMillis.set(offset.toMillis());
    }

    /** How far the clock is off. */
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

    /** Nanoseconds of time that has passed since the start, whatever the skew. */
    long elapsedNanos() {
        return Duration.between(started, source.instant())
                .plusMillis(advancedMillis.get())
                .toNanos();
    }
}
