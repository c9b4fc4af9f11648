package dev.appclients.cognito.plan;

/** The owner of an app client, as far as Cognito and the cluster prove it. */
public enum Whose {
    /** The client's name has the suffix of this object's UID: this object created it. */
    OURS,

    /** This object adopts the client, and no other object owns it. */
    ADOPTED,

    /** This object wants to adopt the client, but its name has the suffix of another existing object. */
    ANOTHERS,

    /** Nothing proves that this object owns the client. */
    FOREIGN
}
