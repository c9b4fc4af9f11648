package dev.appclients.cognito.api.v1beta1;

/** The names that every custom resource of this package shares. */
public final class ApiVersion {
    /** The API group; also the prefix of every label and annotation of ours. */
    public static final String GROUP = "cognito.appclients.dev";

    /** The version of this package. */
    public static final String VERSION = "v1beta1";

    private ApiVersion() {}
}
