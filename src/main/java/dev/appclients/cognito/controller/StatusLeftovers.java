package dev.appclients.cognito.controller;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands in a status and should not: a server-side apply removes what only we have written, and leaves what somebody else
 * claims as well. The operations take away and write nothing, so that nothing becomes ours by them.
 */
final class StatusLeftovers {

    private static final String KEY = "type";

    private static final Logger LOG = LoggerFactory.getLogger(StatusLeftovers.class);

    private StatusLeftovers() {}

    /**
     * Leaves nothing in the status but what was meant to be there. Only of the version that was just written: whoever comes in
     * between is read, and judged, by the next pass.
     *
     * @param written as the API server answered our apply
     * @return the object as it is now
     * @throws KubernetesClientException 409 when it has changed since
     */
    static <S, T extends CustomResource<?, S>> T takeAway(KubernetesClient kubernetes, T written, S intended) {
        if (intended.equals(written.getStatus())) {
            return written;
        }
        KubernetesSerialization json = kubernetes.getKubernetesSerialization();
        List<Map<String, Object>> removals = removals(
                json.convertValue(written.getStatus(), JsonNode.class),
                json.convertValue(intended, JsonNode.class),
                "/status");
        if (removals.isEmpty()) {
            return written;
        }
        LOG.warn(
                "Somebody else writes to the status of {}: took away {}",
                written.getMetadata().getName(),
                removals.stream().map(operation -> operation.get("path")).toList());
        List<Map<String, Object>> operations = new ArrayList<>();
        operations.add(Map.of(
                "op",
                "replace",
                "path",
                "/metadata/resourceVersion",
                "value",
                written.getMetadata().getResourceVersion()));
        operations.addAll(removals);
        return kubernetes
                .resource(written)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON), json.asJson(operations));
    }

    /**
     * The operations of a JSON patch (RFC 6902) that leave nothing but the intended status; empty when there is nothing else.
     *
     * @param observed the status as it is, in which every intended value stands already
     * @param intended the status as it should be
     * @param path of both, such as {@code /status}
     */
    static List<Map<String, Object>> removals(JsonNode observed, JsonNode intended, String path) {
        List<Map<String, Object>> operations = new ArrayList<>();
        collect(observed, intended, path, operations);
        return operations;
    }

    private static void collect(
            JsonNode observed, JsonNode intended, String path, List<Map<String, Object>> operations) {
        if (observed.isObject()) {
            observed.properties().forEach(field -> {
                String at = path + "/" + field.getKey().replace("~", "~0").replace("/", "~1");
                JsonNode wanted = intended.path(field.getKey());
                if (wanted.isMissingNode() || wanted.isNull()) {
                    operations.add(remove(at));
                } else {
                    collect(field.getValue(), wanted, at, operations);
                }
            });
        } else if (observed.isArray()) {
            collectItems(observed, intended, path, operations);
        }
    }

    /** From the last to the first, so that no removal moves what another means. Only lists of objects are merged by key. */
    private static void collectItems(
            JsonNode observed, JsonNode intended, String path, List<Map<String, Object>> operations) {
        for (int i = observed.size() - 1; i >= 0; i--) {
            JsonNode item = observed.get(i);
            if (!item.isObject()) {
                return;
            }
            JsonNode wanted = withKey(intended, item.path(KEY).asText());
            if (wanted == null) {
                operations.add(remove(path + "/" + i));
            } else {
                collect(item, wanted, path + "/" + i, operations);
            }
        }
    }

    private static @Nullable JsonNode withKey(JsonNode items, String key) {
        for (JsonNode item : items) {
            if (item.path(KEY).asText().equals(key)) {
                return item;
            }
        }
        return null;
    }

    private static Map<String, Object> remove(String path) {
        return Map.of("op", "remove", "path", path);
    }
}
