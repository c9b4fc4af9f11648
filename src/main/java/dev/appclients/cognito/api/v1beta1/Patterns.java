package dev.appclients.cognito.api.v1beta1;

/** Patterns that the schema of more than one field shares. */
final class Patterns {
    /** A whole number and its unit; never zero. */
    static final String DURATION = "^[1-9][0-9]{0,8}[smhd]$";

    /** As {@link #DURATION}, and zero. */
    static final String DURATION_OR_ZERO = "^(0|[1-9][0-9]{0,8})[smhd]$";

    /** The longest text that {@link #DURATION} matches; the API server needs a bound to price the rules. */
    static final int DURATION_LENGTH = 10;

    /** The name of a Kubernetes object (RFC 1123 subdomain). */
    static final String OBJECT_NAME = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    /** The longest name of a Kubernetes object. */
    static final int OBJECT_NAME_LENGTH = 253;

    /** A label of a host name, and the name of a namespace (RFC 1123 label). */
    static final String LABEL_NAME = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

    /** The value of a Kubernetes label. */
    static final String LABEL_VALUE = "^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$";

    /** The key of a Kubernetes label: an optional prefix, a slash, and a name. */
    static final String LABEL_KEY = "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$";

    /** The longest key of a Kubernetes label: 253 for the prefix, the slash, 63 for the name. */
    static final int LABEL_KEY_LENGTH = 317;

    /** What Cognito takes as a URL: anything that can be seen, in any script. */
    static final String URL = "^[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+$";

    /** An IAM role. */
    static final String ROLE_ARN = "^arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]+$";

    private Patterns() {}
}
