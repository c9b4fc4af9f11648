package dev.appclients.cognito.plan;

import dev.appclients.cognito.model.PoolCatalog;
import dev.appclients.cognito.model.RuleSource;

/** A requirement of a client on its pool. The operator checks it when the facts of the pool are known, else after Cognito refuses a call. */
public enum PoolRule {
    /** An attribute can be added to a pool at any time. */
    READ_ATTRIBUTES_EXIST(
            "readAttributes",
            "readAttributes must name attributes that the pool has; custom attributes have the prefix custom:",
            RuleSource.OBSERVED,
            PoolCatalog.SCHEMA),
    /** An attribute can be added to a pool at any time. */
    WRITE_ATTRIBUTES_EXIST(
            "writeAttributes",
            "writeAttributes must name attributes that the pool has; custom attributes have the prefix custom:",
            RuleSource.OBSERVED,
            PoolCatalog.SCHEMA),
    /** The required attributes of a pool cannot change after its creation. */
    REQUIRED_ATTRIBUTES_ARE_WRITABLE(
            "writeAttributes",
            "writeAttributes must contain every mutable attribute that the pool requires, or be absent",
            RuleSource.OBSERVED,
            PoolCatalog.SCHEMA),
    /** A tier can be raised at any time. */
    USER_AUTH_NEEDS_ESSENTIALS(
            "explicitAuthFlows",
            "explicitAuthFlows may contain ALLOW_USER_AUTH only in a pool of the tier ESSENTIALS or PLUS",
            RuleSource.AWS_DOCUMENTATION,
            PoolCatalog.SCHEMA),
    /** A tier can be raised at any time. */
    ROTATION_NEEDS_ESSENTIALS(
            "refreshTokenRotation",
            "refreshTokenRotation.feature may be ENABLED only in a pool of the tier ESSENTIALS or PLUS",
            RuleSource.AWS_DOCUMENTATION,
            PoolCatalog.SCHEMA),
    /** A scope can be added to a resource server at any time. */
    SCOPES_EXIST(
            "allowedOAuthScopes",
            "allowedOAuthScopes must name scopes that a resource server of the pool has, or those of OpenID Connect",
            RuleSource.AWS_SERVICE_MODEL,
            PoolCatalog.SCOPES),
    /** A provider can be added to a pool at any time. */
    PROVIDERS_EXIST(
            "supportedIdentityProviders",
            "supportedIdentityProviders must name COGNITO or identity providers that the pool has",
            RuleSource.OBSERVED,
            PoolCatalog.PROVIDERS);

    private final String field;
    private final String sentence;
    private final RuleSource source;
    private final PoolCatalog catalog;

    PoolRule(String field, String sentence, RuleSource source, PoolCatalog catalog) {
        this.field = field;
        this.sentence = sentence;
        this.source = source;
        this.catalog = catalog;
    }

    /** The field of the manifest that the rule is about. */
    public String field() {
        return field;
    }

    /** The requirement as a sentence. */
    public String sentence() {
        return sentence;
    }

    /** The evidence for the rule. */
    public RuleSource source() {
        return source;
    }

    /** The part of the pool to read for the check. */
    public PoolCatalog catalog() {
        return catalog;
    }
}
