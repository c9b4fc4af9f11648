package dev.appclients.cognito.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.OnStage;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** This version reads objects that a newer version and its CRDs have stored, as it does after a downgrade. */
class DowngradeIT extends OnStage {

    private static final String NAME = "userpoolclients.cognito.appclients.dev";

    private CustomResourceDefinition shipped;

    @BeforeEach
    void installNewerCrds() {
        shipped = crd();
        CustomResourceDefinition newer = crd();
        Map<String, JSONSchemaProps> root = newer.getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema()
                .getProperties();
        Map<String, JSONSchemaProps> spec = root.get("spec").getProperties();
        spec.put("newerField", text());
        spec.get("appType").getEnum().add(TextNode.valueOf("Newer"));
        spec.get("deletionPolicy").getEnum().add(TextNode.valueOf("Newer"));
        root.get("status").getProperties().put("newerStatus", text());
        // Without a version, because the API server itself updates the status of a CRD.
        newer.getMetadata().setResourceVersion(null);
        stage.admin().resource(newer).update();
        stage.eventually().until(() -> {
            apply("probe", "appType: Newer, newerField: stored");
            return true;
        });
        stage.delete("probe");
        stage.awaitGone("probe");
    }

    @AfterEach
    void restoreTheShippedCrds() {
        stage.stopOperator();
        for (UserPoolClient client : stage.admin()
                .resources(UserPoolClient.class)
                .inAnyNamespace()
                .list()
                .getItems()) {
            stage.admin()
                    .resource(client)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
            stage.admin().resource(client).delete();
        }
        shipped.getMetadata().setResourceVersion(null);
        stage.admin().resource(shipped).update();
        stage.eventually()
                .until(() -> stage.admin()
                                .resources(UserPoolClient.class)
                                .inAnyNamespace()
                                .list()
                        != null);
    }

    @ParameterizedTest(name = "operator down: {0}")
    @ValueSource(booleans = {false, true})
    void unknownFieldsAreIgnoredAndUnknownValuesStopOnlyTheirObject(boolean operatorIsDown) {
        meanwhile(operatorIsDown, () -> {
            apply("plain", "appType: Confidential");
            apply("field", "appType: Confidential, newerField: stored");
            apply("value", "appType: Newer");
            apply("policy", "appType: Confidential, deletionPolicy: Newer");
        });

        stage.awaitReady("plain");
        stage.awaitReady("field");
        stage.awaitCondition("value", "Stalled", "True", "UnsupportedSpec");
        stage.awaitCondition("policy", "Stalled", "True", "UnsupportedSpec");
        assertThat(stage.cognito()).hasSize(2);
        assertThat(spec("field")).containsEntry("newerField", "stored");
        assertThat(spec("policy")).containsEntry("deletionPolicy", "Newer");

        apply("field", "appType: Confidential, newerField: stored, accessTokenValidity: 30m");
        stage.awaitReady("field");
        assertThat(stage.inCognito("field", "AccessTokenValidity")).isNotNull();
    }

    /** Applies a client as a user of the newer version does: no class of this version drops its fields. */
    private void apply(String name, String settings) {
        stage.admin()
                .resource(Serialization.unmarshal(
                        """
                        apiVersion: cognito.appclients.dev/v1beta1
                        kind: UserPoolClient
                        metadata: {name: %s, namespace: %s}
                        spec: {userPoolRef: {name: customers}, %s}
                        """.formatted(name, stage.namespace(), settings), GenericKubernetesResource.class))
                .fieldManager("user")
                .forceConflicts()
                .serverSideApply();
    }

    private Map<String, Object> spec(String name) {
        GenericKubernetesResource object = stage.admin()
                .genericKubernetesResources("cognito.appclients.dev/v1beta1", "UserPoolClient")
                .inNamespace(stage.namespace())
                .withName(name)
                .require();
        return object.get("spec");
    }

    private static JSONSchemaProps text() {
        JSONSchemaProps text = new JSONSchemaProps();
        text.setType("string");
        return text;
    }

    private CustomResourceDefinition crd() {
        return stage.admin()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(NAME)
                .require();
    }
}
