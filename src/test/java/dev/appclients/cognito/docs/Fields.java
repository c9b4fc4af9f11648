package dev.appclients.cognito.docs;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.LinkedHashMap;
import java.util.Map;

/** The schema of a kind as a flat list of fields. */
final class Fields {
    private Fields() {}

    /** The schemas by path below {@code spec} or {@code status}. {@code []} stands for the items of a list. */
    static Map<String, JSONSchemaProps> of(CustomResourceDefinition crd, String part) {
        var root = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        var fields = new LinkedHashMap<String, JSONSchemaProps>();
        collect("", root.getProperties().get(part), fields);
        return fields;
    }

    private static void collect(String path, JSONSchemaProps schema, Map<String, JSONSchemaProps> fields) {
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, below) -> {
                var at = path.isEmpty() ? name : path + "." + name;
                fields.put(at, below);
                collect(at, below, fields);
            });
        }
        if (schema.getItems() != null) {
            collect(path + "[]", schema.getItems().getSchema(), fields);
        }
    }
}
