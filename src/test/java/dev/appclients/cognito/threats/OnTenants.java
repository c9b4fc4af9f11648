package dev.appclients.cognito.threats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Base of the attacks: the attacker has the namespace of the stage, and the victim has another one. */
abstract class OnTenants extends OnStage {

    static final String API = "cognito.appclients.dev/v1beta1";

    private final List<String> namespaces = new ArrayList<>();

    @AfterEach
    void removeNamespaces() {
        namespaces.forEach(name -> stage.admin().namespaces().withName(name).delete());
    }

    String attacker() {
        return stage.namespace();
    }

    /** Creates another namespace with these labels. */
    String namespace(Map<String, String> labels) {
        String name = stage.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("victim-")
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
        namespaces.add(name);
        return name;
    }

    String namespace() {
        return namespace(Map.of());
    }

    /** Applies a manifest of any kind. The API server refuses unknown fields, as kubectl asks it to. */
    HasMetadata apply(String namespace, String yaml) {
        HasMetadata object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        if (!object.getKind().equals("ClusterUserPool")) {
            object.getMetadata().setNamespace(namespace);
        }
        return stage.admin()
                .resource(object)
                .fieldValidation(Validation.STRICT)
                .fieldManager("tenant")
                .forceConflicts()
                .serverSideApply();
    }

    /** Creates an object that the API server must refuse, and returns its message. */
    String refusal(String namespace, String yaml) {
        HasMetadata object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        object.getMetadata().setNamespace(namespace);
        try {
            stage.admin().resource(object).fieldValidation(Validation.STRICT).create();
        } catch (KubernetesClientException refused) {
            assertThat(refused.getCode()).as(refused.getMessage()).isIn(400, 422);
            return refused.getMessage();
        }
        throw new AssertionError("the API server accepted " + yaml);
    }

    /** A UserPoolClient; {@code spec} has lines without indentation. */
    static String client(String name, String spec) {
        return """
                apiVersion: %s
                kind: UserPoolClient
                metadata: {name: %s}
                spec:
                """.formatted(API, name)
                + (spec.contains("userPoolRef") ? "" : "  userPoolRef: {name: " + Stage.POOL + "}\n")
                + spec.strip().indent(2);
    }

    /** A ClusterUserPool; {@code spec} has lines without indentation. */
    static String pool(String name, String spec) {
        return """
                apiVersion: %s
                kind: ClusterUserPool
                metadata: {name: %s}
                spec:
                """.formatted(API, name)
                + (spec.contains("userPoolId") ? "" : "  userPoolId: " + Stage.POOL_ID + "\n")
                + (spec.contains("aws:") ? "" : "  aws: {identity: Operator}\n")
                + (spec.contains("tenancy:") ? "" : "  tenancy: Trusted\n")
                + spec.strip().indent(2);
    }

    /** A ClientSecretClaim; {@code secret} is the value of spec.secret, in one line. */
    static String claim(String name, String sourceNamespace, String source, String secret) {
        return """
                apiVersion: %s
                kind: ClientSecretClaim
                metadata: {name: %s}
                spec:
                  clientRef: {namespace: %s, name: %s}
                  secret: %s
                """.formatted(API, name, sourceNamespace, source, secret);
    }

    /** Changes the stage's pool, and waits until the operator has observed it. */
    void changePool(String spec) {
        // Another manager than Stage's would keep the fields that this spec leaves out.
        HasMetadata object = Serialization.unmarshal(pool(Stage.POOL, spec), GenericKubernetesResource.class);
        stage.admin().resource(object).fieldManager("user").forceConflicts().serverSideApply();
        stage.eventually()
                .until(() -> stage.pool()
                        .getMetadata()
                        .getGeneration()
                        .equals(stage.pool().getStatus().observedGeneration()));
        stage.eventually().until(() -> stage.operator().hasSeen(stage.pool()));
    }

    GenericKubernetesResource read(String namespace, String kind, String name) {
        return stage.admin()
                .genericKubernetesResources(API, kind)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    /** Waits for this reason of the condition Ready with the current generation, and returns its message. */
    String awaitReason(String namespace, String kind, String name, String reason) {
        Map<String, Object> found = new TreeMap<>();
        stage.eventually().untilAsserted(() -> {
            GenericKubernetesResource object = read(namespace, kind, name);
            Map<String, Object> ready = ready(object);
            assertThat(ready)
                    .as("Ready of %s %s/%s", kind, namespace, name)
                    .containsEntry("reason", reason)
                    .extractingByKey("observedGeneration")
                    .hasToString(String.valueOf(object.getMetadata().getGeneration()));
            found.putAll(ready);
        });
        return String.valueOf(found.get("message"));
    }

    String awaitClient(String namespace, String name, String reason) {
        return awaitReason(namespace, "UserPoolClient", name, reason);
    }

    String awaitClaim(String namespace, String name, String reason) {
        return awaitReason(namespace, "ClientSecretClaim", name, reason);
    }

    Map<String, Object> ready(String namespace, String kind, String name) {
        return ready(read(namespace, kind, name));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> ready(GenericKubernetesResource object) {
        Map<String, Object> status = object.get("status");
        List<Map<String, Object>> conditions = (List<Map<String, Object>>) status.get("conditions");
        return conditions.stream()
                .filter(condition -> "Ready".equals(condition.get("type")))
                .findFirst()
                .orElseThrow();
    }

    @Nullable
    Secret secret(String namespace, String name) {
        return stage.admin().secrets().inNamespace(namespace).withName(name).get();
    }

    @Nullable
    ConfigMap configMap(String namespace, String name) {
        return stage.admin().configMaps().inNamespace(namespace).withName(name).get();
    }

    /** The decoded data of a Secret. */
    Map<String, String> data(String namespace, String name) {
        Secret secret = secret(namespace, name);
        assertThat(secret).as("Secret %s/%s", namespace, name).isNotNull();
        Map<String, String> decoded = new TreeMap<>();
        secret.getData()
                .forEach((key, value) ->
                        decoded.put(key, new String(Base64.getDecoder().decode(value), UTF_8)));
        return decoded;
    }

    /** The names of the Secrets in a namespace. */
    List<String> secretsIn(String namespace) {
        return stage.admin().secrets().inNamespace(namespace).list().getItems().stream()
                .map(secret -> secret.getMetadata().getName())
                .toList();
    }

    /** Writes a Secret or another object as a tenant. */
    <T extends HasMetadata> T plant(String namespace, T object) {
        object.getMetadata().setNamespace(namespace);
        return stage.admin().resource(object).create();
    }
}
