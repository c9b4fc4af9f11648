package dev.appclients.cognito.api.v1beta1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.docs.GeneratedFiles;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the API server refuses every violation of a single bound of a spec and names the field. */
class SchemaBoundsIT {
    /** Violates every pattern: no ASCII, a control character, a space. */
    private static final String SHAPELESS = "§\u0001 ";

    private static KubernetesClient client;

    @BeforeAll
    static void connect() {
        client = TestCluster.admin();
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    /** A value that violates one bound; null removes the field. */
    private record Breach(String kind, String path, String bound, Object value) {
        @Override
        public String toString() {
            return kind + " " + path + " " + bound;
        }
    }

    static Stream<Breach> breaches() {
        return GeneratedFiles.definitions().stream().flatMap(SchemaBoundsIT::breaches);
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void theApiServerEnforcesABound(Breach breach) {
        var object = Manifest.valid(breach.kind(), "everything");
        put(object, breach);

        assertThat(Refusals.of(client, object))
                .anySatisfy(cause -> assertThat(cause)
                        .startsWith(breach.path().replace("[]", "[0]").replace("{}", ".key") + ": "));
    }

    private static Stream<Breach> breaches(CustomResourceDefinition crd) {
        var kind = crd.getSpec().getNames().getSingular().toLowerCase(Locale.ROOT);
        var root = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        List<Breach> breaches = new ArrayList<>();
        collect(kind, "spec", root.getProperties().get("spec"), breaches);
        return breaches.stream();
    }

    private static void collect(String kind, String path, JSONSchemaProps schema, List<Breach> breaches) {
        bounds(schema).forEach((bound, value) -> breaches.add(new Breach(kind, path, bound, value)));
        for (String required : schema.getRequired()) {
            breaches.add(new Breach(kind, path + "." + required, "required", null));
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, below) -> collect(kind, path + "." + name, below, breaches));
        }
        if (schema.getItems() != null) {
            collect(kind, path + "[]", schema.getItems().getSchema(), breaches);
        }
        if (schema.getAdditionalProperties() != null) {
            collect(kind, path + "{}", schema.getAdditionalProperties().getSchema(), breaches);
        }
    }

    /** The bounds of a field, each with a value just outside it. */
    private static Map<String, Object> bounds(JSONSchemaProps schema) {
        var bounds = new TreeMap<String, Object>();
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            bounds.put("enum", "Nonsense");
        }
        if (schema.getPattern() != null) {
            bounds.put("pattern", SHAPELESS);
        }
        if (schema.getMinLength() != null) {
            bounds.put("minLength", "a".repeat(schema.getMinLength().intValue() - 1));
        }
        if (schema.getMaxLength() != null) {
            bounds.put("maxLength", "a".repeat(schema.getMaxLength().intValue() + 1));
        }
        if (schema.getMinimum() != null) {
            bounds.put("minimum", schema.getMinimum().intValue() - 1);
        }
        if (schema.getMaximum() != null) {
            bounds.put("maximum", schema.getMaximum().intValue() + 1);
        }
        if (schema.getMinItems() != null) {
            bounds.put("minItems", List.of());
        }
        if (schema.getMaxItems() != null) {
            var texts = "string".equals(schema.getItems().getSchema().getType());
            bounds.put("maxItems", Collections.nCopies(schema.getMaxItems().intValue() + 1, texts ? "a" : Map.of()));
        }
        if (schema.getMaxProperties() != null) {
            bounds.put(
                    "maxProperties",
                    IntStream.rangeClosed(0, schema.getMaxProperties().intValue())
                            .mapToObj(i -> "k" + i)
                            .collect(Collectors.toMap(key -> key, key -> "v")));
        }
        return bounds;
    }

    /** Sets the value at the path. {@code []} is the first item, {@code {}} the key "key". */
    private static void put(GenericKubernetesResource object, Breach breach) {
        var steps =
                List.of(breach.path().replace("[]", ".[]").replace("{}", ".{}").split("[.]"));
        Object parent = object.getAdditionalProperties();
        for (int i = 0; i < steps.size() - 1; i++) {
            parent = step(parent, steps.get(i), steps.get(i + 1).equals("[]"));
        }
        set(parent, steps.getLast(), breach.value());
    }

    @SuppressWarnings("unchecked") // the YAML parser returns maps and lists
    private static Object step(Object parent, String step, boolean toList) {
        return step.equals("[]")
                ? ((List<Object>) parent).getFirst()
                : ((Map<String, Object>) parent)
                        .computeIfAbsent(step, name -> toList ? new ArrayList<>(List.of("a")) : new HashMap<>());
    }

    @SuppressWarnings("unchecked") // the YAML parser returns maps and lists
    private static void set(Object parent, String step, Object value) {
        switch (step) {
            case "[]" -> ((List<Object>) parent).set(0, value);
            case "{}" -> ((Map<String, Object>) parent).put("key", value);
            default -> {
                if (value == null) {
                    ((Map<String, Object>) parent).remove(step);
                } else {
                    ((Map<String, Object>) parent).put(step, value);
                }
            }
        }
    }
}
