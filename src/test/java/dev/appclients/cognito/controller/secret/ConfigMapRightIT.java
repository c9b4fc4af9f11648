package dev.appclients.cognito.controller.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Rights;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rule for ConfigMaps is removed from the operator's RBAC. Only clients with a ConfigMap need it. */
class ConfigMapRightIT extends OnStage {

    private final KubernetesClient operator = Clients.of(TestCluster.operatorConfig());

    @AfterEach
    void closeClient() {
        operator.close();
    }

    @Test
    void withoutTheRightTheOperatorStartsAndServesEverythingElse() {
        stage.stopOperator();
        try (Rights rights = Rights.without(stage.admin(), "configmaps", "list")) {
            removeAllRules();
            stage.eventually().until(() -> !may("list") && !may("get") && !may("create"));
            stage.startOperator();

            stage.applyClient("plain", WEB);
            stage.awaitReady("plain");
            stage.applyClient("web", WEB + "configMap: {}\n");

            assertThat(stage.awaitCondition("web", "SecretSynced", "False", "MissingPermission")
                            .getMessage())
                    .contains("lacks the verb list on configmaps");
            stage.awaitCondition("web", "ClientSynced", "True", "Synced");
            assertThat(stage.data("web")).containsKey("client-secret");
            stage.awaitReady("plain");

            stage.delete("plain");
            stage.awaitGone("plain");
        }
        stage.eventually().until(() -> may("list") && may("get") && may("create"));

        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "granted");

        stage.awaitReady("web");
        var configMaps = stage.admin().configMaps().inNamespace(stage.namespace());
        assertThat(configMaps.withName("web").require().getData()).containsKey("client-id");
        configMaps.withName("web").delete();
        stage.eventually().until(() -> configMaps.withName("web").get() != null);
    }

    /** {@link Rights} restores the rules. */
    private void removeAllRules() {
        stage.admin()
                .resources(ClusterRole.class)
                .withName("cognito-client-operator-configmaps")
                .edit(role -> {
                    role.setRules(List.of());
                    return role;
                });
    }

    private boolean may(String verb) {
        return Rights.may(operator, stage.namespace(), "configmaps", verb);
    }
}
