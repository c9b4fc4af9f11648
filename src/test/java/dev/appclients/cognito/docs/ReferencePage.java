package dev.appclients.cognito.docs;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Generates the page of all fields from the CRDs and {@link FieldFacts}. */
final class ReferencePage {
    private static final String HEAD = """
            <!-- Generated from the CRDs by `make generate`; do not edit. -->
            # Reference

            All fields of all kinds in the group `cognito.appclients.dev`, version `v1beta1`. An empty list and null count as absent, except that
            an empty list in `allow` of a ClusterUserPool permits nothing. The operator applies defaults when it sends the settings to Cognito.
            The stored object never contains them.
            """;

    private ReferencePage() {}

    static String of(List<CustomResourceDefinition> crds) {
        return HEAD + crds.stream().map(ReferencePage::kind).collect(Collectors.joining());
    }

    private static String kind(CustomResourceDefinition crd) {
        var names = crd.getSpec().getNames();
        var root = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        return """

                ## %s

                %s

                Scope: %s. Short name: `%s`.

                ### spec

                %s
                For the rules across fields, see [Rules](rules.md#%s).

                ### status

                %s""".formatted(
                        names.getKind(),
                        root.getDescription(),
                        crd.getSpec().getScope().equals("Namespaced") ? "a namespace" : "the cluster",
                        String.join("`, `", names.getShortNames()),
                        spec(crd),
                        names.getKind().toLowerCase(Locale.ROOT),
                        status(crd));
    }

    private static String spec(CustomResourceDefinition crd) {
        var facts = FieldFacts.of(crd.getSpec().getNames().getKind());
        return "| field | type | bounds | when absent | in the AWS API | meaning |\n| --- | --- | --- | --- | --- | --- |\n"
                + Fields.of(crd, "spec").entrySet().stream()
                        .map(field -> row(
                                "`" + field.getKey() + "`",
                                type(field.getValue()),
                                bounds(field.getValue()),
                                facts.get(field.getKey()).absent().replace("|", "\\|"),
                                facts.get(field.getKey()).aws(),
                                escape(withoutAbsence(field.getValue().getDescription()))))
                        .collect(Collectors.joining());
    }

    private static String status(CustomResourceDefinition crd) {
        return "| field | type | meaning |\n| --- | --- | --- |\n"
                + Fields.of(crd, "status").entrySet().stream()
                        .map(field -> row(
                                "`" + field.getKey() + "`",
                                type(field.getValue()),
                                escape(field.getValue().getDescription())))
                        .collect(Collectors.joining());
    }

    /** Removes the default, which is the last sentence of a description: it has its own column. */
    private static String withoutAbsence(String description) {
        return description.replaceFirst(" Absent( or empty)?: .*$", "");
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String type(JSONSchemaProps schema) {
        return switch (schema.getType()) {
            case "array" -> "list of " + type(schema.getItems().getSchema());
            case "object" -> schema.getAdditionalProperties() == null ? "object" : "map of strings";
            default -> schema.getType();
        };
    }

    private static String bounds(JSONSchemaProps schema) {
        List<String> bounds = new ArrayList<>();
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            bounds.add(schema.getEnum().stream()
                    .map(name -> "`" + name.asText() + "`")
                    .collect(Collectors.joining(", ")));
        }
        range(schema.getMinLength(), schema.getMaxLength(), "characters", bounds);
        range(schema.getMinItems(), schema.getMaxItems(), "items", bounds);
        range(schema.getMinProperties(), schema.getMaxProperties(), "entries", bounds);
        if (schema.getPattern() != null) {
            bounds.add("`" + schema.getPattern().replace("|", "\\|") + "`");
        }
        if (schema.getItems() != null) {
            var each = bounds(schema.getItems().getSchema());
            if (!each.isEmpty()) {
                bounds.add("each: " + each);
            }
        }
        return String.join("; ", bounds);
    }

    private static void range(Long least, Long most, String unit, List<String> bounds) {
        if (most != null) {
            bounds.add((least == null ? "at most " : least + " to ") + most + " " + unit);
        } else if (least != null) {
            bounds.add("at least " + least + " " + unit);
        }
    }

    /** Escapes the characters of Markdown markup. */
    static String escape(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
    }
}
