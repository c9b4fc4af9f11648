package dev.appclients.cognito.crash;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The system clock with an adjustable error, and with virtual time that has passed. */
final class AdjustableClock implements InstantSource {

    private final InstantSource right = Clock.systemUTC();
    private final AtomicReference<Duration> wrongBy = new AtomicReference<>(Duration.ZERO);

    private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return right.instant().plus(passed.get()).plus(wrongBy.get());
    }

    /** Lets this much time pass at once. The error stays. */
    void pass(Duration time) {
        passed.updateAndGet(before -> before.plus(time));
    }

    /** Sets the error; negative if the clock is behind. */
    void set(Duration wrong) {
        wrongBy.set(wrong);
    }
}
