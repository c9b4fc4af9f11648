package dev.appclients.cognito.controller.client;

/** The reason for which a Secret needs a description of the app client from Cognito. */
enum SecretNeed {
    /** None: the Secret is current, or can be written without Cognito, or must not be written now. */
    NOTHING,
    /** Another writer changed the Secret. It can be restored from known values, if these are still Cognito's. */
    REPAIR,
    /** The Secret must be written with a value that only Cognito has. */
    VALUE
}
