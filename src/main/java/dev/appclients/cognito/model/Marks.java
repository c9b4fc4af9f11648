package dev.appclients.cognito.model;

import dev.appclients.cognito.api.v1beta1.ApiVersion;

/** Labels and annotations on every output of the operator. They serve to find it; spec and UID decide who owns it. */
public final class Marks {

    /** The field manager of all the operator's writes. With the UID label it proves that the operator wrote a Secret. */
    public static final String FIELD_MANAGER = "cognito-client-operator";

    /** Label: the software that manages the object, {@link #FIELD_MANAGER}. Informative only, see {@link #isReserved}. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** Label: the UID of the UserPoolClient. */
    public static final String CLIENT_UID = ApiVersion.GROUP + "/client-uid";

    /** Annotation: namespace/name of the UserPoolClient. */
    public static final String CLIENT = ApiVersion.GROUP + "/client";

    /** Annotation: the app client's id in Cognito. */
    public static final String CLIENT_ID = ApiVersion.GROUP + "/client-id";

    /** Annotation: the inputs that the output was written from, as {@code <revision>.<digest>}. */
    public static final String INPUTS = ApiVersion.GROUP + "/inputs";

    private Marks() {}

    /**
     * Whether only the operator may write a label or annotation of this name. Any tool may write names outside the operator's
     * prefix: a cluster policy may set {@link #MANAGED_BY} on every object.
     */
    public static boolean isReserved(String name) {
        return name.startsWith(ApiVersion.GROUP + "/");
    }
}
