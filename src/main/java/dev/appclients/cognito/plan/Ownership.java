package dev.appclients.cognito.plan;

/** Which object owns an app client, as far as Cognito and the cluster prove it. */
public enum Ownership {
    /** This object: the operator created the app client for it, and its name ends in the suffix of the object's UID. */
    OWN,

    /** This object adopts the app client, and no other object owns it. */
    ADOPTED,

    /** This object would adopt the app client, but its name ends in the suffix of another living object. */
    OWNED_BY_OTHER,

    /** No proof that this object owns the app client. */
    FOREIGN
}
