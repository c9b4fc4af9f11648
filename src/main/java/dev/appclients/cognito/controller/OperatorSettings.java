package dev.appclients.cognito.controller;

import java.time.Duration;
import java.util.List;

/**
 * How the operator behaves; the same for every object.
 *
 * @param createSettlesAfter how long after its intent a create may still turn up in Cognito: not found counts only from a walk begun
 *     later
 * @param poolInterval how often the facts of a pool are read
 * @param driftCheckInterval how often a client is compared with Cognito where its manifest says nothing
 * @param safetyNet how often an object is looked at without any call, in case an event was missed
 * @param restoreWindow within this time, a Secret is restored at most {@code restoreLimit} times at once; each further restore waits,
 *     for a tenth of this time at first, then twice as long each time, up to this time
 * @param restoreLimit see {@code restoreWindow}
 */
public record OperatorSettings(
        Duration createSettlesAfter,
        Duration poolInterval,
        Duration driftCheckInterval,
        Duration safetyNet,
        Duration restoreWindow,
        int restoreLimit) {

    /** What ships. */
    public static final OperatorSettings DEFAULT = new OperatorSettings(
            Duration.ofSeconds(60),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            3);

    /** @throws IllegalArgumentException if a time is not above zero, or no restore would be allowed */
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

    /** The same with another time after which an interrupted create has settled. */
    public OperatorSettings withCreateSettlesAfter(Duration duration) {
        return new OperatorSettings(duration, poolInterval, driftCheckInterval, safetyNet, restoreWindow, restoreLimit);
    }

    /** The same with another interval between two looks for drift. */
    public OperatorSettings withDriftCheckInterval(Duration duration) {
        return new OperatorSettings(createSettlesAfter, poolInterval, duration, safetyNet, restoreWindow, restoreLimit);
    }

    /** The same with another interval between two looks at a pool. */
    public OperatorSettings withPoolInterval(Duration duration) {
        return new OperatorSettings(
                createSettlesAfter, duration, driftCheckInterval, safetyNet, restoreWindow, restoreLimit);
    }

    /** The same with another time in which a Secret is restored {@code restoreLimit} times at once. */
    public OperatorSettings withRestoreWindow(Duration duration) {
        return new OperatorSettings(
                createSettlesAfter, poolInterval, driftCheckInterval, safetyNet, duration, restoreLimit);
    }
}
