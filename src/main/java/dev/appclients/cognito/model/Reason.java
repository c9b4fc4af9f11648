package dev.appclients.cognito.model;

/**
 * The reason of a condition or an event. {@code src/docs/conditions.md} explains every constant under a heading of its own; a test
 * compares both.
 */
public enum Reason {
    // Success
    SYNCED("Synced"),
    AVAILABLE("Available"),
    IN_USE("InUse"),
    NOT_IN_USE("NotInUse"),
    ALLOWED("Allowed"),

    // In progress
    PENDING("Pending"),
    CREATING("Creating"),
    DELETING("Deleting"),
    PAUSED("Paused"),
    CREATE_OUTCOME_UNKNOWN("CreateOutcomeUnknown"),

    // The ClusterUserPool of a UserPoolClient
    POOL_MISSING("PoolMissing"),
    POOL_NOT_READY("PoolNotReady"),
    POOL_TERMINATING("PoolTerminating"),
    POOL_CHANGED("PoolChanged"),
    NAMESPACE_NOT_ALLOWED("NamespaceNotAllowed"),
    NAMESPACE_UNKNOWN("NamespaceUnknown"),
    SETTING_NOT_ALLOWED("SettingNotAllowed"),
    QUOTA_EXCEEDED("QuotaExceeded"),
    UNSUPPORTED_SPEC("UnsupportedSpec"),
    DUPLICATE_POOL("DuplicatePool"),

    // The app client
    NOT_OURS("NotOurs"),
    CLIENT_LOST("ClientLost"),
    SEVERAL_CLIENTS("SeveralClients"),
    ADOPTION_NOT_ALLOWED("AdoptionNotAllowed"),
    ALREADY_OWNED("AlreadyOwned"),
    RESERVED_NAME("ReservedName"),
    CLIENT_LEFT_BEHIND("ClientLeftBehind"),
    NOTHING_TO_ADOPT("NothingToAdopt"),
    NOTHING_TO_OBSERVE("NothingToObserve"),
    APP_TYPE_MISMATCH("AppTypeMismatch"),
    ADOPTED("Adopted"),
    DRIFTED("Drifted"),
    NO_DRIFT("NoDrift"),
    NOT_APPLIED("NotApplied"),
    DOUBTFUL("Doubtful"),
    UPDATED("Updated"),
    DRIFT_CORRECTED("DriftCorrected"),
    UNKNOWN_SETTINGS("UnknownSettings"),
    UNKNOWN_SETTINGS_RESET("UnknownSettingsReset"),

    // Errors of AWS
    THROTTLED("Throttled"),
    CONCURRENT_UPDATE("ConcurrentUpdate"),
    COGNITO_UNAVAILABLE("CognitoUnavailable"),
    COGNITO_UNREACHABLE("CognitoUnreachable"),
    CREDENTIALS_REJECTED("CredentialsRejected"),
    ACCESS_DENIED("AccessDenied"),
    ROLE_DENIED("RoleDenied"),
    SESSION_TAGS_TOO_LARGE("SessionTagsTooLarge"),
    CLIENT_NOT_FOUND("ClientNotFound"),
    POOL_NOT_FOUND("PoolNotFound"),
    DEPENDENCY_MISSING("DependencyMissing"),
    INVALID_SETTINGS("InvalidSettings"),
    TIER_TOO_LOW("TierTooLow"),
    LIMIT_EXCEEDED("LimitExceeded"),
    NOT_ENABLED("NotEnabled"),
    UNKNOWN_REFUSAL("UnknownRefusal"),

    // The Secret
    SECRET_CONFLICT("SecretConflict"),
    SECRET_IMMUTABLE("SecretImmutable"),
    SECRET_CONTESTED("SecretContested"),
    SECRET_REFUSED("SecretRefused"),
    SECRET_RESTORED("SecretRestored"),
    RESTORED_OBJECT("RestoredObject"),
    NAMESPACE_TERMINATING("NamespaceTerminating"),

    // Rotation of the client secret
    ROTATING("Rotating"),
    COPIES_LAGGING("CopiesLagging"),
    FOREIGN_SECRET("ForeignSecret"),
    SECRET_UNREADABLE("SecretUnreadable"),
    RETIREMENT_REFUSED("RetirementRefused"),
    PUBLISHED_SECRET_GONE("PublishedSecretGone"),
    NEWER_RECORD("NewerRecord"),
    ROTATION_STARTED("RotationStarted"),
    SECRET_ROTATED("SecretRotated"),
    SECRET_RETIRED("SecretRetired"),
    RETIRED_WITH_LAGGING_COPIES("RetiredWithLaggingCopies"),
    SECRETS_LEFT_BEHIND("SecretsLeftBehind"),

    // Copies
    HELD("Held"),
    SOURCE_NOT_READY("SourceNotReady"),
    NOT_AVAILABLE("NotAvailable"),
    SOURCE_REPLACED("SourceReplaced"),
    SECRET_NAME_TAKEN("SecretNameTaken"),
    INVALID_SECRET("InvalidSecret"),

    // The login page
    NO_DOMAIN("NoDomain"),
    NO_PROVIDER("NoProvider"),
    STYLE_NOT_CHECKED("StyleNotChecked"),
    LOGIN_VERSION_UNKNOWN("LoginVersionUnknown"),

    // Kubernetes
    MISSING_PERMISSION("MissingPermission"),
    API_SERVER_UNAVAILABLE("ApiServerUnavailable"),

    // The operator itself
    UNEXPECTED_ERROR("UnexpectedError");

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    /** The CamelCase word in a condition. */
    public String text() {
        return text;
    }
}
