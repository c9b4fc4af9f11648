package dev.appclients.cognito.docs;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The paths of all fields of the CRDs, one per line. The operator compares the installed CRDs with this list. */
final class FieldList {

    private FieldList() {}

    static String of(List<CustomResourceDefinition> crds) {
        SortedSet<String> lines = new TreeSet<>();
        for (CustomResourceDefinition crd : crds) {
            var version = crd.getSpec().getVersions().getFirst();
            collect(
                    lines,
                    crd.getMetadata().getName() + " " + version.getName() + " ",
                    "",
                    version.getSchema().getOpenAPIV3Schema());
        }
        return String.join("\n", lines) + "\n";
    }

    private static void collect(SortedSet<String> lines, String prefix, String path, JSONSchemaProps schema) {
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, property) -> {
                String field = path.isEmpty() ? name : path + "." + name;
                lines.add(prefix + field);
                collect(lines, prefix, field, property);
            });
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            collect(lines, prefix, path, schema.getItems().getSchema());
        }
    }
}
