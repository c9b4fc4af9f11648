package dev.appclients.cognito.secret;

/**
 * The UserPoolClient whose values a Secret holds. It owns its own Secret; a copy has another owner.
 *
 * @param path namespace/name
 */
public record SourceClient(String uid, String path) {

    /** The client that owns the Secret itself. */
    public static SourceClient of(SecretOwner owner) {
        return new SourceClient(owner.uid(), owner.path());
    }
}
