package dev.appclients.cognito.controller.reconcile;

import java.time.Duration;
import java.util.List;

/**
 * Settings of the operator that apply to all objects.
 *
 * @param createSettlesAfter how long after its intent a create may still take effect in Cognito. Only a list that begins later proves
 *     that the client is absent
 * @param poolInterval interval between two reads of a pool's facts
 * @param driftCheckInterval interval between two drift checks of a client whose manifest sets none
 * @param safetyNet longest interval between two reconciliations of an object, in case an event was missed. Such a reconciliation makes
 *     no call
 * @param restoreWindow within this time the operator restores a Secret {@code restoreLimit} times without delay. The first further
 *     restore waits a tenth of this time, each later one twice as long, up to this time
 * @param restoreLimit see {@code restoreWindow}
 */
public record OperatorSettings(
        Duration createSettlesAfter,
        Duration poolInterval,
        Duration driftCheckInterval,
        Duration safetyNet,
        Duration restoreWindow,
        int restoreLimit) {

    /** The defaults. */
    public static final OperatorSettings DEFAULT = new OperatorSettings(
            Duration.ofSeconds(60),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            3);

    /** @throws IllegalArgumentException if a time is not above zero, or {@code restoreLimit} is below one */
    public OperatorSettings {
        for (Duration time : List.of(createSettlesAfter, poolInterval, driftCheckInterval, safetyNet, restoreWindow)) {
            if (!time.isPositive()) {
                throw new IllegalArgumentException("every time must be above zero, not " + time);
            }
        }
        if (restoreLimit < 1) {
            throw new IllegalArgumentException("at least one restore must be allowed, not " + restoreLimit);
        }
    }

    /** A copy with this {@code createSettlesAfter}. */
    public OperatorSettings withCreateSettlesAfter(Duration duration) {
        return new OperatorSettings(duration, poolInterval, driftCheckInterval, safetyNet, restoreWindow, restoreLimit);
    }

    /** A copy with this {@code driftCheckInterval}. */
    public OperatorSettings withDriftCheckInterval(Duration duration) {
        return new OperatorSettings(createSettlesAfter, poolInterval, duration, safetyNet, restoreWindow, restoreLimit);
    }

    /** A copy with this {@code poolInterval}. */
    public OperatorSettings withPoolInterval(Duration duration) {
        return new OperatorSettings(
                createSettlesAfter, duration, driftCheckInterval, safetyNet, restoreWindow, restoreLimit);
    }

    /** A copy with this {@code restoreWindow}. */
    public OperatorSettings withRestoreWindow(Duration duration) {
        return new OperatorSettings(
                createSettlesAfter, poolInterval, driftCheckInterval, safetyNet, duration, restoreLimit);
    }
}
