package dev.appclients.cognito.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The objects of a manifest, by kind, namespace and name. */
record Rendered(SortedMap<String, ObjectNode> objects) {

    private static final YAMLMapper YAML = new YAMLMapper(new YAMLFactory());
    private static final Set<String> LABELS_OF_THE_CHART = Set.of(
            "helm.sh/chart", "app.kubernetes.io/instance", "app.kubernetes.io/version", "app.kubernetes.io/managed-by");
    /** Lists whose order has no meaning. */
    private static final Set<String> UNORDERED = Set.of("rules", "env");

    static Rendered of(String manifest) {
        SortedMap<String, ObjectNode> objects = new TreeMap<>();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(manifest)) {
            while (documents.hasNext()) {
                if (documents.next() instanceof ObjectNode object && object.has("kind")) {
                    objects.put(key(object), object);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Rendered(objects);
    }

    private static String key(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return object.path("kind").asText() + " "
                + metadata.path("namespace").asText() + "/"
                + metadata.path("name").asText();
    }

    /** The object with this kind and name in any namespace. */
    ObjectNode get(String kind, String name) {
        return objects.values().stream()
                .filter(object -> object.path("kind").asText().equals(kind)
                        && object.path("metadata").path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " " + name + " not in " + objects.keySet()));
    }

    Set<String> keys() {
        return objects.keySet();
    }

    /** The container of the operator. */
    JsonNode container() {
        return podSpec().path("containers").get(0);
    }

    JsonNode podSpec() {
        return objects.values().stream()
                .filter(object -> object.path("kind").asText().equals("Deployment"))
                .findFirst()
                .orElseThrow()
                .at("/spec/template/spec");
    }

    /** The value of a variable of the operator, or an empty text. */
    String variable(String name) {
        for (JsonNode variable : container().path("env")) {
            if (variable.path("name").asText().equals(name)) {
                return variable.path("value").asText();
            }
        }
        return "";
    }

    /** Without what only one of the chart and kustomize writes: labels of the chart, the namespace, the pull policy, the order of rules. */
    Rendered normalised() {
        SortedMap<String, ObjectNode> normalised = new TreeMap<>();
        objects.forEach((key, object) -> {
            if (!key.startsWith("Namespace ")) {
                ObjectNode copy = object.deepCopy();
                if (key.startsWith("CustomResourceDefinition ")) {
                    // The CRDs in crds/ have neither labels nor annotations.
                    ((ObjectNode) copy.path("metadata")).remove(Set.of("labels", "annotations"));
                } else {
                    normalise(copy);
                }
                normalised.put(key, copy);
            }
        });
        return new Rendered(normalised);
    }

    private static void normalise(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(LABELS_OF_THE_CHART);
            object.remove(Set.of("helm.sh/resource-policy", "imagePullPolicy"));
            object.properties().forEach(entry -> normalise(entry.getValue()));
            if (object.path("annotations").isObject()
                    && object.path("annotations").isEmpty()) {
                object.remove("annotations");
            }
            UNORDERED.stream()
                    .filter(name -> object.path(name).isArray())
                    .forEach(name -> object.replace(name, sorted((ArrayNode) object.path(name))));
        } else if (node.isArray()) {
            node.forEach(Rendered::normalise);
        }
    }

    private static ArrayNode sorted(ArrayNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        elements.sort(Comparator.comparing(JsonNode::toString));
        return YAML.createArrayNode().addAll(elements);
    }
}
