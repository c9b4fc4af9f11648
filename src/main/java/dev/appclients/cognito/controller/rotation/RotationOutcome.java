package dev.appclients.cognito.controller.rotation;

/** How a rotation ended, for the metrics. */
public enum RotationOutcome {
    /** The previous secret is gone. */
    COMPLETED,
    /** Cognito refused the new secret. */
    REFUSED,
    /** The new secret vanished from Cognito. The operator publishes the previous one again, or adds another one if it lacks that value. */
    REVERTED
}
