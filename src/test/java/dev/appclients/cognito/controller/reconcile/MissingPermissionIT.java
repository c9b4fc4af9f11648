package dev.appclients.cognito.controller.reconcile;

import static dev.appclients.cognito.controller.Stage.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Rights;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator's role loses a verb. The condition names the verb, and the object recovers with the verb. */
class MissingPermissionIT extends OnStage {

    static Stream<Arguments> rights() {
        return Stream.of(
                right("get", stage -> stage.deleteSecret("web")),
                right("create", stage -> stage.deleteSecret("web")),
                right("patch", stage -> stage.applyClient("web", WEB.replace("/callback", "/other"))),
                right("delete", stage -> stage.applyClient("web", WEB + "secret: {name: web-oidc}\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rights")
    void aMissingPermissionIsNamedAndNeverReportedAsApiServerUnavailable(String verb, Consumer<Stage> need) {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        try (Rights rights = Rights.without(stage.admin(), "secrets", verb)) {

            need.accept(stage);

            assertThat(stage.awaitCondition("web", "Ready", "False", "MissingPermission")
                            .getMessage())
                    .contains("lacks the verb " + verb + " on secrets in namespace '" + stage.namespace() + "'");
            stage.eventually()
                    .untilAsserted(() -> assertThat(stage.events("web")).contains("MissingPermission"));
            assertThat(stage.events("web")).doesNotContain("ApiServerUnavailable");
        }
        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "granted");
        stage.awaitReady("web");
    }

    @Test
    void aDeletedPoolNamesTheMissingPermissionToListItsClients() {
        try (Rights rights = Rights.without(stage.admin(), "userpoolclients", "list")) {
            pool().delete();

            assertThat(stage.awaitPool(POOL, "Ready", "False", "MissingPermission")
                            .getMessage())
                    .contains("lacks the verb list on userpoolclients", "at the cluster scope");
            stage.awaitPool(POOL, "Stalled", "True", "MissingPermission");
        }
        stage.eventually().until(() -> {
            if (pool().get() == null) {
                return true;
            }
            // The operator may delete it by itself now, so that this request may find no pool.
            stage.annotatePool(POOL, Annotations.RECONCILE_REQUESTED_AT, "granted");
            return false;
        });
    }

    private Resource<ClusterUserPool> pool() {
        return stage.admin().resources(ClusterUserPool.class).withName(POOL);
    }

    private static Arguments right(String verb, Consumer<Stage> need) {
        return Arguments.of(verb, need);
    }
}
