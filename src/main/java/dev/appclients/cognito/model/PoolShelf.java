package dev.appclients.cognito.model;

/** What of a pool can be looked at by itself, in one walk. */
public enum PoolShelf {
    /** The attribute schema and the tier. */
    SCHEMA,
    /** The scopes that the resource servers define. */
    SCOPES,
    /** The identity providers. */
    PROVIDERS
}
