package dev.appclients.cognito.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;

/** Completes the schema of conditions as in Kubernetes. The class of the client library has no bounds and descriptions. */
final class ConditionSchema {
    private ConditionSchema() {}

    /** Makes the list a map by type, and its fields required and bounded. */
    static void complete(JSONSchemaProps conditions) {
        conditions.setXKubernetesListType("map");
        conditions.setXKubernetesListMapKeys(List.of("type"));
        var condition = conditions.getItems().getSchema();
        condition.setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
        text(condition, "type", 1, 316, "The type of the condition.");
        text(condition, "reason", 1, 1024, "The reason for the status, as one CamelCase word for programs.");
        text(condition, "message", 0, 32_768, "The fault and the remedy, for people.");
        part(condition, "status", "True, False or Unknown.");
        part(condition, "lastTransitionTime", "The time of the last change of the status (RFC 3339).")
                .setFormat("date-time");
        var generation =
                part(condition, "observedGeneration", "The generation of the spec that the condition is about.");
        generation.setFormat("int64");
        generation.setMinimum(0d);
    }

    private static void text(JSONSchemaProps condition, String name, long least, long most, String description) {
        var schema = part(condition, name, description);
        schema.setMinLength(least);
        schema.setMaxLength(most);
    }

    private static JSONSchemaProps part(JSONSchemaProps condition, String name, String description) {
        var schema = condition.getProperties().get(name);
        if (schema == null) {
            throw new IllegalStateException("The condition of the client library has no field " + name);
        }
        schema.setDescription(description);
        return schema;
    }
}
