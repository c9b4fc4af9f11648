package dev.appclients.cognito.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that the installed CRDs have every field of this version. The API server would reject every status with older CRDs, so the
 * operator does not start before they fit. It ignores the fields that only newer CRDs have.
 */
final class CrdCompatibility {

    private static final Logger LOG = LoggerFactory.getLogger(CrdCompatibility.class);
    private static final String FIELDS = "/crd-fields.txt";
    private static final String PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/";
    private static final int FIELDS_NAMED = 5;

    private final KubernetesClient kubernetes;
    private final ObjectMapper json = new ObjectMapper();
    private @Nullable String said;

    CrdCompatibility(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    /** Whether the operator may start; if not, logs each reason once. */
    boolean fit() {
        String problem = problem();
        if (problem != null && !problem.equals(said)) {
            LOG.error(
                    "Cannot start yet: {}. Apply the directory crds/ of this release. The operator checks again every 5 s",
                    problem);
        }
        said = problem;
        return problem == null;
    }

    /** The first mismatch; null when all CRDs fit. */
    @Nullable
    String problem() {
        return expected().entrySet().stream()
                .map(crd -> problem(crd.getKey(), crd.getValue()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The required fields by CRD name and version. */
    private static SortedMap<String, SortedSet<String>> expected() {
        SortedMap<String, SortedSet<String>> fields = new TreeMap<>();
        try (InputStream resource = Objects.requireNonNull(CrdCompatibility.class.getResourceAsStream(FIELDS));
                BufferedReader lines = new BufferedReader(new InputStreamReader(resource, UTF_8))) {
            lines.lines().forEach(line -> {
                int split = line.lastIndexOf(' ');
                fields.computeIfAbsent(line.substring(0, split), crd -> new TreeSet<>())
                        .add(line.substring(split + 1));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return fields;
    }

    private @Nullable String problem(String nameAndVersion, SortedSet<String> expected) {
        String name = nameAndVersion.substring(0, nameAndVersion.indexOf(' '));
        String version = nameAndVersion.substring(nameAndVersion.indexOf(' ') + 1);
        String definition = kubernetes.raw(PATH + name);
        if (definition == null) {
            return "the CRD " + name + " is not installed";
        }
        JsonNode schema = schema(definition, version);
        if (schema == null) {
            return "the CRD " + name + " does not serve " + version;
        }
        SortedSet<String> installed = new TreeSet<>();
        collect(installed, "", schema);
        SortedSet<String> missing = new TreeSet<>(expected);
        missing.removeAll(installed);
        if (!missing.isEmpty()) {
            return "the CRD " + name + " is older than this operator: it lacks " + some(missing);
        }
        installed.removeAll(expected);
        if (!installed.isEmpty()) {
            LOG.warn(
                    "The CRD {} is newer than this operator. The operator ignores {}. Upgrade the operator",
                    name,
                    some(installed));
        }
        return null;
    }

    private @Nullable JsonNode schema(String definition, String version) {
        try {
            for (JsonNode each : json.readTree(definition).at("/spec/versions")) {
                if (each.path("name").asText().equals(version)
                        && each.path("served").asBoolean()) {
                    return each.at("/schema/openAPIV3Schema");
                }
            }
            return null;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the API server's answer is not JSON", e);
        }
    }

    private static void collect(SortedSet<String> fields, String path, JsonNode schema) {
        schema.path("properties").properties().forEach(property -> {
            String field = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            fields.add(field);
            collect(fields, field, property.getValue());
        });
        if (schema.has("items")) {
            collect(fields, path, schema.get("items"));
        }
    }

    private static String some(SortedSet<String> fields) {
        String named = String.join(", ", fields.stream().limit(FIELDS_NAMED).toList());
        int more = fields.size() - FIELDS_NAMED;
        return more > 0 ? named + " and " + more + " more" : named;
    }
}
