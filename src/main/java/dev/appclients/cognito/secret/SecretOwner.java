package dev.appclients.cognito.secret;

import dev.appclients.cognito.api.v1beta1.ApiVersion;
import dev.appclients.cognito.model.Marks;

/**
 * The resource that a Secret is written for. It lives in the Secret's namespace.
 *
 * @param apiVersion group/version
 * @param uid distinguishes the resource from a former one of the same name
 * @param marks the label and the annotation by which its Secrets are found
 */
public record SecretOwner(String apiVersion, String kind, String namespace, String name, String uid, OwnerMarks marks) {

    /**
     * The marks of a kind of owner.
     *
     * @param uid name of the label that holds the owner's UID
     * @param path name of the annotation that holds the owner's namespace/name
     */
    public record OwnerMarks(String uid, String path) {}

    /** A ClientSecretClaim. */
    public static SecretOwner claim(String namespace, String name, String uid) {
        return new SecretOwner(
                ApiVersion.GROUP + "/" + ApiVersion.VERSION,
                "ClientSecretClaim",
                namespace,
                name,
                uid,
                new OwnerMarks(Marks.CLAIM_UID, Marks.CLAIM));
    }

    /** A UserPoolClient. */
    public static SecretOwner userPoolClient(String namespace, String name, String uid) {
        return new SecretOwner(
                ApiVersion.GROUP + "/" + ApiVersion.VERSION,
                "UserPoolClient",
                namespace,
                name,
                uid,
                new OwnerMarks(Marks.CLIENT_UID, Marks.CLIENT));
    }

    /** namespace/name, as in the annotation. */
    public String path() {
        return namespace + "/" + name;
    }

    /** Whether its Secrets are copies, found by the UID of a claim. */
    public boolean isClaim() {
        return marks.uid().equals(Marks.CLAIM_UID);
    }
}
