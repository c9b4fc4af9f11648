package dev.appclients.cognito.rotation;

/** The reason for which a rotation begins. */
public enum Cause {
    /** The secret is older than {@code rotation.every}. */
    SCHEDULE,
    /** A user set the annotation {@code rotate-requested-at}. */
    REQUEST,
    /** The published secret no longer exists in Cognito, or no copy of its value exists. */
    NEED
}
