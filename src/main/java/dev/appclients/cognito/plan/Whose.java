package dev.appclients.cognito.plan;

/** Whose an app client is, as far as Cognito and the cluster prove it. */
public enum Whose {
    /** It bears the suffix of this object's UID: this object created it. */
    OURS,

    /** It is the one that this object adopts, and nobody else has it. */
    ADOPTED,

    /** It is the one that this object would adopt, but it bears the suffix of another object that lives. */
    ANOTHERS,

    /** Nothing says that it is this object's. */
    FOREIGN
}
