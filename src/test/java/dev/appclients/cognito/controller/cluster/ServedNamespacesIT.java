package dev.appclients.cognito.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator that is limited to a list of namespaces serves these and touches nothing elsewhere. */
class ServedNamespacesIT {

    private Stage stage;
    private String second;
    private String elsewhere;

    @BeforeEach
    void open() {
        stage = Stage.withoutOperator(Stage.SETTINGS);
        stage.applyPool();
        second = stage.namespace() + "-second";
        elsewhere = stage.namespace() + "-elsewhere";
        createNamespace(second);
        createNamespace(elsewhere);
    }

    @AfterEach
    void close() {
        stage.close();
        try (KubernetesClient admin = TestCluster.admin()) {
            admin.namespaces().withName(second).delete();
            admin.namespaces().withName(elsewhere).delete();
        }
    }

    @Test
    void aClientInAnotherNamespaceHasNoStatusNoFinalizerAndNoCall() {
        applyClient(elsewhere, "foreign");

        try (RunningOperator operator = serve(stage.namespace())) {
            stage.applyClient("web");
            stage.awaitReady("web");
            applyClient(elsewhere, "later");
            stage.applyClient("web", "appType: Confidential\naccessTokenValidity: 30m");
            stage.awaitReady("web");

            assertThat(stage.inCognito("web", "AccessTokenValidity")).isEqualTo("30");
            assertThat(operator.gate().holds()).isTrue();
        }

        for (String name : new String[] {"foreign", "later"}) {
            UserPoolClient untouched = client(elsewhere, name);
            assertThat(untouched.getStatus().conditions())
                    .as("the conditions of %s", name)
                    .isNull();
            assertThat(untouched.getMetadata().getFinalizers()).isEmpty();
        }
        assertThat(stage.admin().secrets().inNamespace(elsewhere).list().getItems())
                .isEmpty();
        assertThat(stage.simulator().journal().of("CreateUserPoolClient")).hasSize(1);
    }

    /** The framework gives the informers of all namespaces one store; the list of one would then remove the objects of the others. */
    @Test
    void eachOfSeveralNamespacesIsServedAlsoAfterARestart() {
        try (RunningOperator first = serve(stage.namespace(), second)) {
            stage.applyClient("web");
            applyClient(second, "web");
            stage.awaitReady("web");
            awaitReady(second, "web");
            assertThat(first.gate().holds()).isTrue();
        }

        try (RunningOperator operator = serve(stage.namespace(), second)) {
            Edits.edit(
                    stage.admin()
                            .resources(UserPoolClient.class)
                            .inNamespace(second)
                            .withName("web"),
                    client -> {
                        client.getMetadata().setAnnotations(Map.of(Annotations.RECONCILE_REQUESTED_AT, "second"));
                        return client;
                    });
            stage.deleteSecret("web");
            stage.eventually().until(() -> stage.secret("web") != null);
            stage.eventually()
                    .until(() ->
                            "second".equals(client(second, "web").getStatus().lastHandledReconcileAt()));
            stage.admin().secrets().inNamespace(second).withName("web").delete();
            stage.eventually()
                    .until(() -> stage.admin()
                                    .secrets()
                                    .inNamespace(second)
                                    .withName("web")
                                    .get()
                            != null);
            assertThat(operator.gate().holds()).isTrue();
        }
        assertThat(stage.simulator().journal().of("CreateUserPoolClient")).hasSize(2);
    }

    private RunningOperator serve(String... namespaces) {
        return RunningOperator.start(
                stage.simulator().endpoint(),
                RunningOperator.SetUp.of(Stage.SETTINGS).withNamespaces(Set.of(namespaces)));
    }

    private void createNamespace(String name) {
        stage.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    private void applyClient(String namespace, String name) {
        stage.admin().resource("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: %s, namespace: %s}
                spec: {userPoolRef: {name: customers}, appType: Confidential}
                """.formatted(name, namespace)).serverSideApply();
    }

    private UserPoolClient client(String namespace, String name) {
        return stage.admin()
                .resources(UserPoolClient.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private void awaitReady(String namespace, String name) {
        stage.eventually().until(() -> {
            var status = client(namespace, name).getStatus();
            return status != null
                    && status.conditions().stream()
                            .anyMatch(condition -> condition.getType().equals("Ready")
                                    && condition.getStatus().equals("True"));
        });
    }
}
