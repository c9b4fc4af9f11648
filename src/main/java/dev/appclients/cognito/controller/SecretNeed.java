package dev.appclients.cognito.controller;

/** What a Secret wants of a look at Cognito. */
enum SecretNeed {
    /** Nothing: it is as it should be, or what it needs can be had without Cognito, or it must not be written now. */
    NOTHING,
    /** Somebody changed it, and it can be put right from what is known, as long as that is what Cognito has. */
    REPAIR,
    /** It must be written with a value that only Cognito can give. */
    VALUE
}
