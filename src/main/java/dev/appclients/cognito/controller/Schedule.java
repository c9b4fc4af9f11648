package dev.appclients.cognito.controller;

import dev.appclients.cognito.failure.FailureKind.Pace;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** When an object is looked at next, whatever may wake it before. */
final class Schedule {

    private final LookMemory memory;
    private final OperatorSettings settings;
    private final RandomGenerator random;

    Schedule(LookMemory memory, OperatorSettings settings, RandomGenerator random) {
        this.memory = memory;
        this.settings = settings;
        this.random = random;
    }

    /** The object is as it should be: the next slot, or the safety net before it. */
    Duration afterSuccess(String uid, Duration interval) {
        memory.succeeded(uid);
        return earlier(memory.untilDue(uid, interval), safetyNet());
    }

    /** Something is in the way. */
    Duration afterFailure(String uid, Pace pace) {
        return earlier(memory.failed(uid, pace), safetyNet());
    }

    /** The pass itself knows best. */
    Duration asWanted(String uid, Duration wanted) {
        return earlier(wanted, safetyNet());
    }

    /** What the pass wanted, or else what its failure calls for. */
    Duration afterFailure(String uid, @Nullable Duration wanted, Pace pace) {
        return wanted == null ? afterFailure(uid, pace) : asWanted(uid, wanted);
    }

    /** Spread, so that ten thousand objects that became Ready together do not come back together. */
    private Duration safetyNet() {
        long millis = settings.safetyNet().toMillis();
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }

    private static Duration earlier(Duration one, Duration other) {
        Duration shorter = one.compareTo(other) < 0 ? one : other;
        return shorter.isPositive() ? shorter : Duration.ofMillis(1);
    }
}
