package dev.appclients.cognito.api.v1beta1;

/** The API group and version of the custom resources. */
public final class ApiVersion {
    /** The API group; also the prefix of the operator's labels and annotations. */
    public static final String GROUP = "cognito.appclients.dev";

    /** The version of this package. */
    public static final String VERSION = "v1beta1";

    private ApiVersion() {}
}
