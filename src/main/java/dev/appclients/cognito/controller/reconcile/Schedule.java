package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.failure.FailureKind.Pace;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Computes the delay until an object's next reconciliation. An event may reconcile it earlier. */
public final class Schedule {

    private final CheckMemory checkMemory;
    private final OperatorSettings settings;
    private final RandomGenerator random;

    public Schedule(CheckMemory checkMemory, OperatorSettings settings, RandomGenerator random) {
        this.checkMemory = checkMemory;
        this.settings = settings;
        this.random = random;
    }

    /** The delay until the next slot, or the safety net before it. */
    public Duration afterSuccess(String uid, Duration interval) {
        checkMemory.recordSuccess(uid);
        return earlier(checkMemory.untilDue(uid, interval), safetyNet());
    }

    /** The back-off delay after a failure. */
    public Duration afterFailure(String uid, Pace pace) {
        return earlier(checkMemory.recordFailure(uid, pace), safetyNet());
    }

    /** The delay that the reconciliation asked for. */
    public Duration after(Duration wanted) {
        return earlier(wanted, safetyNet());
    }

    /** The delay that the reconciliation asked for; the back-off delay if it asked for none. */
    public Duration afterFailure(String uid, @Nullable Duration wanted, Pace pace) {
        return wanted == null ? afterFailure(uid, pace) : after(wanted);
    }

    /** Random, so that objects that became Ready together are not reconciled together. */
    private Duration safetyNet() {
        long millis = settings.safetyNet().toMillis();
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }

    private static Duration earlier(Duration one, Duration other) {
        Duration shorter = one.compareTo(other) < 0 ? one : other;
        return shorter.isPositive() ? shorter : Duration.ofMillis(1);
    }
}
