package dev.appclients.cognito.secret;

import dev.appclients.cognito.api.v1beta1.ApiVersion;

/** What every output of the operator is marked with. Marks are for finding; authority is the spec and the UID. */
public final class Marks {

    /** The field manager of everything that the operator writes. With the UID mark it proves that a Secret is ours. */
    public static final String FIELD_MANAGER = "cognito-client-operator";

    /** Label: which software manages the object; its value is {@link #FIELD_MANAGER}. For people only, see {@link #isOurs}. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** Label: the UID of the resource whose output this is. */
    public static final String CLIENT_UID = ApiVersion.GROUP + "/client-uid";

    /** Annotation: namespace/name of the client. */
    public static final String CLIENT = ApiVersion.GROUP + "/client";

    /** Annotation: the app client's id in Cognito. */
    public static final String CLIENT_ID = ApiVersion.GROUP + "/client-id";

    /** Annotation: what the output was written from, see {@link Inputs}. */
    public static final String INPUTS = ApiVersion.GROUP + "/inputs";

    private Marks() {}

    /**
     * Whether a label or annotation of this name proves anything. Names outside the operator's own prefix belong to everybody:
     * a policy of the cluster may set {@link #MANAGED_BY} on every object.
     */
    static boolean isOurs(String name) {
        return name.startsWith(ApiVersion.GROUP + "/");
    }
}
