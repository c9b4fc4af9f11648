package dev.appclients.cognito.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Evaluates the healthCheckExprs of {@code deploy/examples/gitops/flux} on the testdata. The API server evaluates them, in the message
 * of a ValidatingAdmissionPolicy. It uses the same CEL library as Flux.
 */
class FluxHealthIT {

    private static final Path FLUX = Path.of("deploy/examples/gitops/flux");
    private static final Map<String, String> BY_STATE = Map.of(
            "healthy", "Current", "degraded", "Failed", "progressing", "InProgress", "suspended", "InProgress");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<HasMetadata> APPLIED = new ArrayList<>();

    private static KubernetesClient admin;

    /** A kind, and its object in a file of the testdata. */
    record Observed(String kind, String file) {
        JsonNode object() {
            return ArgoFiles.parse(ArgoFiles.testdata(kind).get(file));
        }

        String expected() {
            return BY_STATE.get(file.substring(0, file.indexOf('_')));
        }
    }

    static Stream<Observed> observed() {
        return ArgoFiles.KINDS.stream()
                .flatMap(kind -> ArgoFiles.testdata(kind).keySet().stream().map(file -> new Observed(kind, file)));
    }

    @BeforeAll
    static void open() {
        admin = TestCluster.admin();
        apply("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: observations.flux.example.com}
                spec:
                  group: flux.example.com
                  scope: Cluster
                  names: {kind: Observation, plural: observations, singular: observation, listKind: ObservationList}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema:
                        openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
                """);
        expressions().forEach((kind, expressions) -> {
            apply(policy(kind, expressions));
            apply("""
                    apiVersion: admissionregistration.k8s.io/v1
                    kind: ValidatingAdmissionPolicyBinding
                    metadata: {name: flux-%1$s}
                    spec: {policyName: flux-%1$s, validationActions: [Deny]}
                    """.formatted(kind.toLowerCase(Locale.ROOT)));
        });
    }

    @AfterAll
    static void close() {
        APPLIED.reversed().forEach(object -> admin.resource(object).delete());
        admin.close();
    }

    @ParameterizedTest
    @MethodSource("observed")
    void fluxComputesTheStateOfTheFile(Observed observed) {
        // The API server needs some seconds until it applies a new policy.
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(evaluate(observed.object())).isEqualTo(observed.expected()));
    }

    /** The rules of kstatus give the same result, except for the claim that waits for its client and for an object that is deleted. */
    @ParameterizedTest
    @MethodSource("observed")
    void kstatusAgrees(Observed observed) {
        String expected = observed.file().contains("delet")
                ? "Terminating"
                : observed.file().contains("not_available") ? "InProgress" : observed.expected();

        assertThat(Health.kstatus(observed.object())).isEqualTo(expected);
    }

    /** Flux compares the generations first. Then the first expression that is true decides. */
    private static String evaluate(JsonNode object) {
        if (object.at("/status/observedGeneration").asLong()
                != object.at("/metadata/generation").asLong()) {
            return "InProgress";
        }
        List<String> results = List.of(results(object).split(","));
        assertThat(results).hasSize(3).isSubsetOf("true", "false");
        int first = results.indexOf("true");
        return first < 0 ? "InProgress" : List.of("InProgress", "Failed", "Current").get(first);
    }

    /** The results of inProgress, failed and current, separated by commas. */
    private static String results(JsonNode object) {
        ObjectNode observation = JSON.createObjectNode().put("apiVersion", "flux.example.com/v1").put("kind", "Observation");
        observation.putObject("metadata").put("generateName", "observed-").putObject("labels").put(
                "kind", object.path("kind").asText());
        observation.set("object", object);
        var resource = Serialization.unmarshal(observation.toString(), GenericKubernetesResource.class);
        try {
            admin.resource(resource).dryRun().create();
            throw new IllegalStateException("The policy is not active yet");
        } catch (KubernetesClientException denied) {
            String message = denied.getStatus() == null ? String.valueOf(denied.getMessage()) : denied.getStatus().getMessage();
            return message.substring(message.lastIndexOf("denied request: ") + "denied request: ".length());
        }
    }

    private static String policy(String kind, JsonNode expressions) {
        String values = Stream.of("inProgress", "failed", "current")
                .map(name -> "string(" + bound(expressions.path(name).asText("false")) + ")")
                .reduce((one, other) -> one + " + ',' + " + other)
                .orElseThrow();
        return """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: flux-%s}
                spec:
                  failurePolicy: Fail
                  matchConstraints:
                    resourceRules:
                      - {apiGroups: [flux.example.com], apiVersions: [v1], operations: [CREATE], resources: [observations]}
                    objectSelector: {matchLabels: {kind: %s}}
                  validations:
                    - expression: "false"
                      messageExpression: %s
                """.formatted(kind.toLowerCase(Locale.ROOT), kind, JSON.valueToTree(values));
    }

    /** In Flux the fields of the object are variables. */
    private static String bound(String expression) {
        return "[object.object.metadata].all(metadata, [object.object.status].all(status, " + expression + "))";
    }

    private static SortedMap<String, JsonNode> expressions() {
        var found = new TreeMap<String, JsonNode>();
        for (String file : List.of("platform.yaml", "team.yaml")) {
            JsonNode kustomization = read(FLUX.resolve(file));
            kustomization.at("/spec/healthCheckExprs").forEach(entry -> found.put(entry.path("kind").asText(), entry));
        }
        assertThat(found).containsOnlyKeys(ArgoFiles.KINDS);
        return found;
    }

    private static JsonNode read(Path file) {
        try {
            return ArgoFiles.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void apply(String yaml) {
        HasMetadata object = Serialization.unmarshal(yaml);
        APPLIED.add(admin.resource(object).fieldManager("user").forceConflicts().serverSideApply());
    }
}
