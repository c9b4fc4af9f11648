package dev.appclients.cognito.model;

/** A part of a pool that can be read separately. */
public enum PoolCatalog {
    /** The attribute schema and the tier. */
    SCHEMA,
    /** The scopes that the resource servers define. */
    SCOPES,
    /** The identity providers. */
    PROVIDERS
}
