package dev.appclients.cognito.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;

/** The schema of a condition as Kubernetes itself has it; the client library's class carries none of it. */
final class ConditionSchema {
    private ConditionSchema() {}

    /** Completes the list of conditions: one per type, every part there. */
    static void complete(JSONSchemaProps conditions) {
        conditions.setXKubernetesListType("map");
        conditions.setXKubernetesListMapKeys(List.of("type"));
        var condition = conditions.getItems().getSchema();
        condition.setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
        text(condition, "type", 1, 316, "What the condition speaks of.");
        text(condition, "reason", 1, 1024, "Why, as one word that programs can compare.");
        text(condition, "message", 0, 32_768, "Why and what to do, for people.");
        part(condition, "status", "True, False or Unknown.");
        part(condition, "lastTransitionTime", "When the status last changed (RFC 3339).")
                .setFormat("date-time");
        var generation =
                part(condition, "observedGeneration", "The generation of the spec that the condition speaks of.");
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
            throw new IllegalStateException("The client library's condition has no " + name);
        }
        schema.setDescription(description);
        return schema;
    }
}
