package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client is observed before its Namespace. No pool permits it until the Namespace is known. */
class UnknownNamespaceIT extends OnScene {

    private String namespace;

    @AfterEach
    void removeNamespace() {
        scene.proxy().releaseNamespaces();
        scene.stage().admin().namespaces().withName(namespace).delete();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{from: Selector, selector: {matchExpressions: [{key: tier, operator: NotIn, values: [untrusted]}]}}",
                "{from: Selector, selector: {matchExpressions: [{key: untrusted, operator: DoesNotExist}]}}",
                "{from: All}",
            })
    void aClientInAnUnknownNamespaceIsNotPermittedAndIsReconciledOnceItIsKnown(String namespaces) {
        applyPool("namespaces: " + namespaces);
        scene.settle();
        scene.proxy().holdNamespaces();

        apply(Map.of());

        awaitReady("False", "NamespaceUnknown");
        scene.awaitQuiet();
        assertThat(scene.stage().calls()).isEmpty();
        scene.proxy().releaseNamespaces();
        awaitReady("True", "Synced");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{from: Selector, selector: {matchExpressions: [{key: tier, operator: NotIn, values: [untrusted]}]}}",
                "{from: Selector, selector: {matchExpressions: [{key: tier, operator: DoesNotExist}]}}",
            })
    void anExcludedNamespaceGetsNoClientBetweenItsTwoEvents(String namespaces) {
        applyPool("namespaces: " + namespaces);
        scene.settle();
        scene.proxy().holdNamespaces();

        apply(Map.of("tier", "untrusted"));

        awaitReady("False", "NamespaceUnknown");
        scene.proxy().releaseNamespaces();
        awaitReady("False", "NamespaceNotAllowed");
        assertThat(scene.stage().calls()).doesNotContain("CreateUserPoolClient");
    }

    /** Returns when the operator has read the changed pool, which is a call. */
    private void applyPool(String settings) {
        scene.stage().applyPool(Stage.POOL, settings);
        scene.stage().eventually().until(() -> {
            ClusterUserPool pool = scene.stage().pool();
            return pool.getMetadata().getGeneration().equals(pool.getStatus().observedGeneration());
        });
    }

    private void apply(Map<String, String> labels) {
        namespace = scene.stage()
                .admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("late-")
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
        UserPoolClient client = Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web, namespace: %s}
                spec: {userPoolRef: {name: customers}, appType: Confidential}
                """.formatted(namespace), UserPoolClient.class);
        scene.stage().admin().resource(client).create();
    }

    private void awaitReady(String status, String reason) {
        scene.stage()
                .eventually()
                .untilAsserted(() -> assertThat(ready()).hasValueSatisfying(condition -> {
                    assertThat(condition.getReason()).isEqualTo(reason);
                    assertThat(condition.getStatus()).isEqualTo(status);
                }));
    }

    private Optional<Condition> ready() {
        UserPoolClient web = scene.stage()
                .admin()
                .resources(UserPoolClient.class)
                .inNamespace(namespace)
                .withName("web")
                .require();
        return Conditions.find(web.getStatus().conditions(), Conditions.READY);
    }
}
