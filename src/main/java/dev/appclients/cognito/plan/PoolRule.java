package dev.appclients.cognito.plan;

import dev.appclients.cognito.model.PoolShelf;
import dev.appclients.cognito.model.RuleSource;

/** What a client needs its pool to have: only the pool knows, so it is judged when its facts are known, else after Cognito's answer. */
public enum PoolRule {
    /** An attribute can be added to a pool at any time. */
    READ_ATTRIBUTES_EXIST(
            "readAttributes",
            "readAttributes must name attributes that the pool has; custom ones carry the prefix custom:",
            RuleSource.OBSERVED,
            PoolShelf.SCHEMA),
    /** An attribute can be added to a pool at any time. */
    WRITE_ATTRIBUTES_EXIST(
            "writeAttributes",
            "writeAttributes must name attributes that the pool has; custom ones carry the prefix custom:",
            RuleSource.OBSERVED,
            PoolShelf.SCHEMA),
    /** Which attributes a pool requires is decided when it is created, for ever. */
    REQUIRED_ATTRIBUTES_ARE_WRITABLE(
            "writeAttributes",
            "writeAttributes, if it is given, must contain every attribute that the pool requires and that is mutable",
            RuleSource.OBSERVED,
            PoolShelf.SCHEMA),
    /** A tier can be raised at any time. */
    USER_AUTH_NEEDS_ESSENTIALS(
            "explicitAuthFlows",
            "explicitAuthFlows may contain ALLOW_USER_AUTH only in a pool of the tier ESSENTIALS or PLUS",
            RuleSource.AWS_DOCUMENTATION,
            PoolShelf.SCHEMA),
    /** A tier can be raised at any time. */
    ROTATION_NEEDS_ESSENTIALS(
            "refreshTokenRotation",
            "refreshTokenRotation.feature may be ENABLED only in a pool of the tier ESSENTIALS or PLUS",
            RuleSource.AWS_DOCUMENTATION,
            PoolShelf.SCHEMA),
    /** A scope can be added to a resource server at any time. */
    SCOPES_EXIST(
            "allowedOAuthScopes",
            "allowedOAuthScopes must name scopes that a resource server of the pool has, or those of OpenID Connect",
            RuleSource.AWS_SERVICE_MODEL,
            PoolShelf.SCOPES),
    /** A provider can be added to a pool at any time. */
    PROVIDERS_EXIST(
            "supportedIdentityProviders",
            "supportedIdentityProviders must name COGNITO or identity providers that the pool has",
            RuleSource.OBSERVED,
            PoolShelf.PROVIDERS);

    private final String field;
    private final String sentence;
    private final RuleSource source;
    private final PoolShelf shelf;

    PoolRule(String field, String sentence, RuleSource source, PoolShelf shelf) {
        this.field = field;
        this.sentence = sentence;
        this.source = source;
        this.shelf = shelf;
    }

    /** The field of the manifest that it is about. */
    public String field() {
        return field;
    }

    /** What must be so. */
    public String sentence() {
        return sentence;
    }

    /** How it is known. */
    public RuleSource source() {
        return source;
    }

    /** Where in the pool one must look to judge it. */
    public PoolShelf shelf() {
        return shelf;
    }
}
