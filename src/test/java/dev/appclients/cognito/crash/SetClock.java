package dev.appclients.cognito.crash;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The clock of a machine, which somebody sets. */
final class SetClock implements InstantSource {

    private final InstantSource right = Clock.systemUTC();
    private final AtomicReference<Duration> wrongBy = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return right.instant().plus(wrongBy.get());
    }

    /** Sets it to so much after the right time; before it, when negative. */
    void set(Duration wrong) {
        wrongBy.set(wrong);
    }
}
