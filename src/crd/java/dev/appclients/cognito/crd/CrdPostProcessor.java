package dev.appclients.cognito.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Completes each generated CRD with the parts that annotations cannot express. */
public final class CrdPostProcessor implements CRDPostProcessor {
    private static final String CONDITIONS = "status.conditions";

    /** The order of the printer columns; the generator sorts them by name. */
    private static final List<String> COLUMNS = List.of(
            "Ready",
            "Reason",
            "Client-ID",
            "Pool",
            "Pool-ID",
            "Tenancy",
            "From",
            "Client",
            "Type",
            "Secret",
            "Age",
            "Preset",
            "Pushed",
            "Copies",
            "Rotation",
            "Sharing",
            "Push-From",
            "Message");

    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "UserPoolClient", "An app client of a Cognito user pool, and the Secret with its credentials.",
            "ClusterUserPool",
                    "An existing Cognito user pool: how the operator accesses it, and which namespaces may use it.",
            "ClientSecretClaim", "One copy of the Secret of a UserPoolClient, in the namespace of the claim.");

    @Override
    public HasMetadata process(HasMetadata generated, String crdSpecVersion) {
        if (!(generated instanceof CustomResourceDefinition crd)) {
            throw new IllegalArgumentException("Expected a CRD of apiextensions.k8s.io/v1, got " + generated.getKind());
        }
        var name = crd.getSpec().getNames().getKind();
        var description = DESCRIPTIONS.get(name);
        if (description == null) {
            throw new IllegalArgumentException("No description for kind " + name + "; add it to DESCRIPTIONS");
        }
        crd.getSpec().getVersions().forEach(version -> complete(version, name, description));
        return crd;
    }

    private static void complete(CustomResourceDefinitionVersion version, String kind, String description) {
        version.getAdditionalPrinterColumns()
                .sort(Comparator.comparing(CrdPostProcessor::isWide).thenComparingInt(CrdPostProcessor::position));
        var root = version.getSchema().getOpenAPIV3Schema();
        root.setDescription(description);
        var byPath = RuleBook.byPath(root);
        byPath.forEach(CrdPostProcessor::completeField);
        byPath.forEach(CrdPostProcessor::makeOptionalListsNullable);
        ConditionSchema.complete(field(byPath, CONDITIONS));
        RuleBook.of(kind, byPath).forEach(rule -> add(rule, field(byPath, rule.at())));
    }

    private static void add(Rule rule, JSONSchemaProps schema) {
        var rules = new ArrayList<>(schema.getXKubernetesValidations());
        rules.add(rule.asSchema());
        schema.setXKubernetesValidations(rules);
    }

    private static boolean isWide(CustomResourceColumnDefinition column) {
        return column.getPriority() != null && column.getPriority() > 0;
    }

    private static int position(CustomResourceColumnDefinition column) {
        var position = COLUMNS.indexOf(column.getName());
        if (position < 0) {
            throw new IllegalArgumentException("No position for column " + column.getName() + "; add it to COLUMNS");
        }
        return position;
    }

    private static JSONSchemaProps field(Map<String, JSONSchemaProps> byPath, String path) {
        var schema = byPath.get(path);
        if (schema == null) {
            throw new IllegalArgumentException("A rule is about " + path + ", which the schema does not have");
        }
        return schema;
    }

    /**
     * Helm renders a list without values as null. The API server drops a null in a create or an update. In a server-side apply it
     * refuses a null unless the field is nullable.
     */
    private static void makeOptionalListsNullable(String path, JSONSchemaProps schema) {
        if (!(path + ".").startsWith("spec.") || schema.getProperties() == null) {
            return;
        }
        schema.getProperties().forEach((name, below) -> {
            boolean collection = "array".equals(below.getType()) || below.getAdditionalProperties() != null;
            if (collection && !schema.getRequired().contains(name)) {
                below.setNullable(true);
            }
        });
    }

    private static void completeField(String path, JSONSchemaProps schema) {
        // A set would keep an item that was removed from the manifest when the field manager changes.
        if ("array".equals(schema.getType()) && !path.equals(CONDITIONS)) {
            schema.setXKubernetesListType("atomic");
        }
        NestedBounds.tighten(path, schema);
        List<JsonNode> names =
                ClosedLists.at(path).stream().<JsonNode>map(TextNode::valueOf).toList();
        if (!names.isEmpty()) {
            schema.setEnum(names);
        }
    }
}
