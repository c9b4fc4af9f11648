package dev.appclients.cognito.controller;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the status of a UserPoolClient, by server-side apply, and nothing but the status. What somebody else has put there, and
 * an apply therefore leaves, is taken away by a second request.
 */
final class StatusWriter {

    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
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
            return Optional.of(withoutLeftovers(context.getClient(), written, intended));
        } catch (KubernetesClientException e) {
            if (isOvertaken(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Only of the version that was just written: whoever comes in between is read, and judged, by the next pass. */
    private static UserPoolClient withoutLeftovers(
            KubernetesClient kubernetes, UserPoolClient written, UserPoolClientStatus intended) {
        if (intended.equals(written.getStatus())) {
            return written;
        }
        KubernetesSerialization json = kubernetes.getKubernetesSerialization();
        List<Map<String, Object>> operations = new ArrayList<>(StatusLeftovers.removals(
                json.convertValue(written.getStatus(), JsonNode.class),
                json.convertValue(intended, JsonNode.class),
                "/status"));
        if (operations.isEmpty()) {
            return written;
        }
        operations.addFirst(Map.of(
                "op",
                "replace",
                "path",
                "/metadata/resourceVersion",
                "value",
                written.getMetadata().getResourceVersion()));
        LOG.warn(
                "Somebody else writes to the status of {}: took away {}",
                written.getMetadata().getName(),
                operations.stream()
                        .skip(1)
                        .map(operation -> operation.get("path"))
                        .toList());
        return kubernetes
                .resource(written)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON), json.asJson(operations));
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
