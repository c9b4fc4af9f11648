package dev.appclients.cognito.api.v1beta1;

/** The patterns and bounds of strings in the schema, shared with the CEL rules. */
public final class Patterns {
    /** A whole number and its unit; never zero. */
    public static final String DURATION = "^[1-9][0-9]{0,8}[smhd]$";

    /** As {@link #DURATION}, but zero is allowed. */
    public static final String DURATION_OR_ZERO = "^(0|[1-9][0-9]{0,8})[smhd]$";

    /** The length of the longest match of {@link #DURATION}. The API server needs it to estimate the cost of rules. */
    public static final int DURATION_LENGTH = 10;

    /** The name of a Kubernetes object (RFC 1123 subdomain). */
    public static final String OBJECT_NAME = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    /** The maximum length of the name of a Kubernetes object. */
    public static final int OBJECT_NAME_LENGTH = 253;

    /** The name of the Secret in which the operator keeps the record of a rotation. */
    public static final String ROTATION_RECORD = "^rotation-[0-9a-f]{10}$";

    /** A label of a host name, and the name of a namespace (RFC 1123 label). */
    public static final String LABEL_NAME = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

    /** The value of a Kubernetes label. */
    public static final String LABEL_VALUE = "^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$";

    /** The key of a Kubernetes label: an optional prefix, a slash, and a name. */
    public static final String LABEL_KEY =
            "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$";

    /** The maximum length of the key of a Kubernetes label: 253 for the prefix, the slash, 63 for the name. */
    public static final int LABEL_KEY_LENGTH = 317;

    /** A URL as Cognito accepts it: visible characters of any script. */
    public static final String URL = "^[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+$";

    /** An IAM role. */
    public static final String ROLE_ARN = "^arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]+$";

    /** The name of an app client. Cognito accepts line breaks and tabs too. */
    public static final String CLIENT_NAME = "^[\\w +=,.@-]+$";

    /** An OAuth scope: printable ASCII without space, double quote and backslash. */
    public static final String SCOPE = "^[\\x21\\x23-\\x5B\\x5D-\\x7E]+$";

    /** The name of an identity provider, in any script. Cognito accepts line separators too. */
    public static final String PROVIDER_NAME = "^[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\p{Zs}]+$";

    /** The name of a user attribute as Cognito accepts it: visible characters of any script. */
    public static final String ATTRIBUTE_NAME = "^[\\p{L}\\p{N}\\p{M}\\p{P}\\p{S}]+$";

    /** Any text on one line. */
    public static final String ONE_LINE = "^[^\\p{Cc}\\p{Zl}\\p{Zp}]+$";

    /** The id of an app client, as Cognito accepts it. */
    public static final String CLIENT_ID = "^[\\w+]+$";

    /** Any AWS resource, as Cognito accepts it. */
    public static final String ARN =
            "^arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:[\\w+=/,.@-]*:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+){0,2}$";

    /** A hexadecimal number. */
    public static final String HEXADECIMAL = "^[0-9a-fA-F]+$";

    /** An external id, as STS accepts it. */
    public static final String EXTERNAL_ID = "^[\\w+=,.@:/-]+$";

    /** The id of a user pool: its Region, an underscore, and letters and digits. */
    public static final String USER_POOL_ID = "^[\\w-]+_[0-9a-zA-Z]+$";

    /** A key of a Secret or ConfigMap. Kubernetes refuses keys that begin with two dots, and a single dot. */
    public static final String DATA_KEY = "^([-_a-zA-Z0-9]|[.][-_a-zA-Z0-9])[-._a-zA-Z0-9]*$";

    /** The type of a Secret: a name, or a domain and a name. */
    public static final String SECRET_TYPE =
            "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$";

    private Patterns() {}
}
