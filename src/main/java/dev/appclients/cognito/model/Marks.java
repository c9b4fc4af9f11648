package dev.appclients.cognito.model;

import dev.appclients.cognito.api.v1beta1.ApiVersion;

/** Labels and annotations on every output of the operator. They serve to find it; spec and UID decide who owns it. */
public final class Marks {

    /** The field manager of all the operator's writes. With the UID label it proves that the operator wrote a Secret. */
    public static final String FIELD_MANAGER = "cognito-client-operator";

    /** Label: the software that manages the object, {@link #FIELD_MANAGER}. Informative only, see {@link #isReserved}. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** Label: the UID of the UserPoolClient whose values the output holds. */
    public static final String CLIENT_UID = ApiVersion.GROUP + "/client-uid";

    /** Label: the UID of the ClientSecretClaim that a copy is written for. */
    public static final String CLAIM_UID = ApiVersion.GROUP + "/claim-uid";

    /** Annotation: namespace/name of the ClientSecretClaim that a copy is written for. */
    public static final String CLAIM = ApiVersion.GROUP + "/claim";

    /** Label on a ClientSecretClaim that the operator wrote for a push: {@code true}. */
    public static final String PUSHED = ApiVersion.GROUP + "/pushed";

    /** Annotation: the id of the client secret in Cognito, once known. */
    public static final String CLIENT_SECRET_ID = ApiVersion.GROUP + "/client-secret-id";

    /** Annotation of a client's own Secret: the id of the secret that is still valid beside the published one. */
    public static final String PREVIOUS_CLIENT_SECRET_ID = ApiVersion.GROUP + "/previous-client-secret-id";

    /** Label of a rotation record: the UID of the UserPoolClient whose secret is rotated. */
    public static final String ROTATION_OF = ApiVersion.GROUP + "/rotation-of";

    /** Annotation of a client's Secret: its public values, from which copies are rendered. */
    public static final String VALUES = ApiVersion.GROUP + "/values";

    /** Annotation: namespace/name of the UserPoolClient. */
    public static final String CLIENT = ApiVersion.GROUP + "/client";

    /** Annotation: the app client's id in Cognito. */
    public static final String CLIENT_ID = ApiVersion.GROUP + "/client-id";

    /** Annotation: the inputs that the output was written from, as {@code <revision>.<version>-<digest>}. */
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
