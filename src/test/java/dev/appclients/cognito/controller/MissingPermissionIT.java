package dev.appclients.cognito.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A right on Secrets is taken from the operator's role while it runs: the object names the right, and heals when it is back. */
class MissingPermissionIT extends OnStage {

    private final KubernetesClient operator = Clients.of(TestCluster.operatorConfig());

    @AfterEach
    void closeClient() {
        operator.close();
    }

    static Stream<Arguments> rights() {
        return Stream.of(
                right("get", stage -> stage.deleteSecret("web")),
                right("create", stage -> stage.deleteSecret("web")),
                right("patch", stage -> stage.applyClient("web", WEB.replace("/callback", "/other"))),
                right("delete", stage -> stage.applyClient("web", WEB + "secret: {name: web-oidc}\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rights")
    void aRightThatIsMissingIsNamedAndNeverCalledAnApiServerThatDoesNotAnswer(String verb, Consumer<Stage> need) {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        Resource<ClusterRole> role = stage.admin().resources(ClusterRole.class).withName("cognito-client-operator");
        ClusterRole shipped = role.require();
        try {
            role.edit(found -> without(found, verb));
            stage.eventually().until(() -> !mayOnSecrets(verb));

            need.accept(stage);

            assertThat(stage.awaitCondition("web", "Ready", "False", "MissingPermission")
                            .getMessage())
                    .contains("lacks the verb " + verb + " on secrets in namespace '" + stage.namespace() + "'");
            assertThat(stage.events("web")).contains("MissingPermission").doesNotContain("ApiServerUnavailable");
        } finally {
            role.edit(found -> {
                found.setRules(shipped.getRules());
                return found;
            });
        }
        stage.eventually().until(() -> mayOnSecrets(verb));
        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "granted");
        stage.awaitReady("web");
    }

    private static ClusterRole without(ClusterRole role, String verb) {
        role.getRules().stream()
                .filter(rule -> rule.getResources().contains("secrets"))
                .forEach(rule -> rule.setVerbs(rule.getVerbs().stream()
                        .filter(granted -> !granted.equals(verb))
                        .toList()));
        return role;
    }

    private boolean mayOnSecrets(String verb) {
        return Boolean.TRUE.equals(operator.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withNamespace(stage.namespace())
                        .withResource("secrets")
                        .withVerb(verb)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed());
    }

    private static Arguments right(String verb, Consumer<Stage> need) {
        return Arguments.of(verb, need);
    }
}
