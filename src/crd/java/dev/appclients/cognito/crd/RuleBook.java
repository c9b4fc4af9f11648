package dev.appclients.cognito.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every CEL rule, by kind. The CRDs and the page of rules come from it. */
public final class RuleBook {
    private static final Map<String, List<Rule>> BY_KIND = Map.of(
            "UserPoolClient",
            UserPoolClientRules.all(),
            "ClusterUserPool",
            ClusterUserPoolRules.all(),
            "ClientSecretClaim",
            ClientSecretClaimRules.all());

    private RuleBook() {}

    /** The rules of a kind: first the rules that describe the pattern of a field, then the others. */
    public static List<Rule> of(CustomResourceDefinition crd) {
        var root = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        return of(crd.getSpec().getNames().getKind(), byPath(root));
    }

    static List<Rule> of(String kind, Map<String, JSONSchemaProps> byPath) {
        var own = BY_KIND.get(kind);
        if (own == null) {
            throw new IllegalArgumentException("No rules for kind " + kind + "; add them to BY_KIND");
        }
        return Stream.concat(shapes(byPath), own.stream()).toList();
    }

    private static Stream<Rule> shapes(Map<String, JSONSchemaProps> byPath) {
        return byPath.entrySet().stream()
                .filter(field -> field.getValue().getPattern() != null)
                .map(field -> Shapes.rule(field.getKey(), field.getValue().getPattern()));
    }

    /** The schemas by path from the root. {@code []} stands for the items of a list, {@code {}} for the values of a map. */
    static Map<String, JSONSchemaProps> byPath(JSONSchemaProps root) {
        var byPath = new TreeMap<String, JSONSchemaProps>();
        collect("", root, byPath);
        return byPath;
    }

    private static void collect(String path, JSONSchemaProps schema, Map<String, JSONSchemaProps> byPath) {
        byPath.put(path, schema);
        var properties = schema.getProperties();
        if (properties != null) {
            properties.forEach((name, value) -> collect(path.isEmpty() ? name : path + "." + name, value, byPath));
        }
        if (schema.getItems() != null) {
            collect(path + "[]", schema.getItems().getSchema(), byPath);
        }
        if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null) {
            collect(path + "{}", schema.getAdditionalProperties().getSchema(), byPath);
        }
    }
}
