package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.util.Optional;

/**
 * Writes the status of a UserPoolClient, by server-side apply, and nothing but the status. What somebody else has put there, and
 * an apply therefore leaves, is taken away by a second request: {@link StatusLeftovers}.
 */
final class StatusWriter {

    private static final int UNPROCESSABLE = 422;

    /**
     * Writes a status, whoever else has changed the object meanwhile.
     *
     * @return the object as it is now; empty when it is gone, or another object bears its name
     */
    Optional<UserPoolClient> write(
            Context<UserPoolClient> context, UserPoolClient resource, UserPoolClientStatus status) {
        return apply(context, patch(resource, status, false), status);
    }

    /**
     * Writes a status only onto the very version that was read.
     *
     * @return the object as it is now; empty when it has changed, is gone, or another object bears its name
     */
    Optional<UserPoolClient> writeOnto(
            Context<UserPoolClient> context, UserPoolClient resource, UserPoolClientStatus status) {
        return apply(context, patch(resource, status, true), status);
    }

    private static Optional<UserPoolClient> apply(
            Context<UserPoolClient> context, UserPoolClient patch, UserPoolClientStatus intended) {
        try {
            UserPoolClient written = context.resourceOperations().serverSideApplyPrimaryStatus(patch);
            return Optional.of(StatusLeftovers.takeAway(context.getClient(), written, intended));
        } catch (KubernetesClientException e) {
            if (isOvertaken(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** A new object, so that nothing but the status is sent; the UID is a precondition. */
    private static UserPoolClient patch(UserPoolClient resource, UserPoolClientStatus status, boolean exactVersion) {
        var meta = resource.getMetadata();
        UserPoolClient patch = new UserPoolClient();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(meta.getName())
                .withNamespace(meta.getNamespace())
                .withUid(meta.getUid())
                .withResourceVersion(exactVersion ? meta.getResourceVersion() : null)
                .build());
        patch.setStatus(status);
        return patch;
    }

    private static boolean isOvertaken(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_CONFLICT
                || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                || (e.getCode() == UNPROCESSABLE
                        && String.valueOf(e.getMessage()).contains("metadata.uid"));
    }
}
