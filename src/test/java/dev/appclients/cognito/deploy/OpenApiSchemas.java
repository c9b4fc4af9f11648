package dev.appclients.cognito.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.appclients.cognito.controlplane.Clients;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * JSON schemas for kubeconform from the OpenAPI documents of an API server. The schemas that kubeconform downloads come from the same
 * documents.
 */
final class OpenApiSchemas {

    private static final List<String> GROUP_VERSIONS = List.of(
            "api/v1",
            "apis/apps/v1",
            "apis/batch/v1",
            "apis/policy/v1",
            "apis/networking.k8s.io/v1",
            "apis/rbac.authorization.k8s.io/v1",
            "apis/admissionregistration.k8s.io/v1",
            "apis/apiextensions.k8s.io/v1");
    private static final ObjectMapper JSON = new ObjectMapper();

    private OpenApiSchemas() {}

    /** Writes a file for each kind, such as {@code deployment-apps-v1.json}, and returns the directory. */
    static Path write(Path directory, Config config) throws IOException {
        try (KubernetesClient client = Clients.of(config)) {
            for (String groupVersion : GROUP_VERSIONS) {
                String document =
                        client.raw("/openapi/v3/" + groupVersion).replace("#/components/schemas/", "#/definitions/");
                JsonNode schemas = JSON.readTree(document).at("/components/schemas");
                for (JsonNode schema : schemas) {
                    close(schema);
                }
                for (var schema : schemas.properties()) {
                    for (JsonNode kind : schema.getValue().path("x-kubernetes-group-version-kind")) {
                        write(directory, kind, schema.getKey(), schemas);
                    }
                }
            }
        }
        return directory;
    }

    /** Refuses unknown fields, as {@code kubectl apply --validate=strict} does. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.has("properties")
                && !object.has("x-kubernetes-preserve-unknown-fields")) {
            object.put("additionalProperties", false);
        }
    }

    private static void write(Path directory, JsonNode kind, String name, JsonNode schemas) throws IOException {
        String group = kind.path("group").asText();
        String file = kind.path("kind").asText() + "-"
                + (group.isEmpty() ? "" : group.replaceFirst("\\..*", "") + "-")
                + kind.path("version").asText() + ".json";
        ObjectNode root = JSON.createObjectNode().put("$ref", "#/definitions/" + name);
        root.set("definitions", schemas);
        Files.writeString(directory.resolve(file.toLowerCase(Locale.ROOT)), root.toString());
    }
}
