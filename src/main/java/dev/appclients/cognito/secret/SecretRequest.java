package dev.appclients.cognito.secret;

import dev.appclients.cognito.secret.content.PublicValues;
import dev.appclients.cognito.secret.content.SecretShape;
import org.jspecify.annotations.Nullable;

/**
 * The Secret that an owner needs. The request of a ConfigMap is one with such a shape; it is built and inspected as a Secret.
 *
 * @param ownedByResource whether the Secret has an owner reference, so that Kubernetes deletes it with its owner
 * @param inherits whether the Secret of a former owner of the same name is replaced: that of a claim always, that of a client if it
 *     was written for the same app client
 * @param source the client whose values it holds; the owner itself, unless the Secret is a copy
 * @param shape its keys, type and metadata
 * @param values its public content
 * @param confidential whether it holds a client secret
 * @param revision counts the client secrets that were published for this app client, from 1
 * @param clientSecretId the id of the client secret in Cognito; null for the original
 * @param previousSecretId the id of the client secret that it replaced; null for the original, and in copies
 */
public record SecretRequest(
        SecretOwner owner,
        String secretName,
        boolean ownedByResource,
        boolean inherits,
        SourceClient source,
        SecretShape shape,
        PublicValues values,
        boolean confidential,
        long revision,
        @Nullable String clientSecretId,
        @Nullable String previousSecretId) {

    /** A request with the original client secret. */
    public SecretRequest(
            SecretOwner owner,
            String secretName,
            boolean ownedByResource,
            boolean inherits,
            SourceClient source,
            SecretShape shape,
            PublicValues values,
            boolean confidential,
            long revision) {
        this(owner, secretName, ownedByResource, inherits, source, shape, values, confidential, revision, null, null);
    }

    /** Whether the owner is not the client whose values the Secret holds. */
    public boolean isCopy() {
        return !source.uid().equals(owner.uid());
    }

    /** The kind of the object in the cluster: {@code Secret} or {@code ConfigMap}. */
    public String kind() {
        return shape.configMap() ? "ConfigMap" : "Secret";
    }
}
