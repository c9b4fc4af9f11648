package dev.appclients.cognito.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A second cluster with the same user pool: restored while the first one runs, or removed by its CRDs. */
class TwoClustersIT extends OnStage {

    @TempDir
    private Path directory;

    private SecondCluster second;

    @BeforeEach
    void startTheSecondCluster() {
        second = SecondCluster.start(directory);
    }

    @AfterEach
    void closeTheSecondCluster() {
        second.close();
    }

    @ParameterizedTest(name = "status: {0}")
    @CsvSource({"false, RestoredObject", "true, NotOurs"})
    void aRestoreBesideTheFormerClusterNeitherChangesNorDeletesItsClients(boolean withStatus, String reason) {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        List<AppClient> before = stage.cognito();
        Backup backup = Backup.of(stage.admin(), stage.namespace()).forCluster(second.admin());
        backup.restorePools();
        backup.restoreSecrets();
        backup.restoreClients(withStatus);
        stage.forgetCalls();

        second.startOperator(stage.simulator().endpoint());

        stage.eventually()
                .untilAsserted(() -> assertThat(stalled("web"))
                        .hasValueSatisfying(
                                condition -> assertThat(condition.getReason()).isEqualTo(reason)));
        inSecond("web").delete();
        stage.eventually().until(() -> inSecond("web").get() == null);
        assertThat(stage.cognito()).isEqualTo(before);
        assertThat(stage.calls())
                .doesNotContain("CreateUserPoolClient", "UpdateUserPoolClient", "DeleteUserPoolClient");
        stage.awaitReady("web");
    }

    @Test
    void theDeletionOfTheCrdsDeletesTheAppClientsExceptTheRetainedOnes() {
        second.startOperator(stage.simulator().endpoint());
        second.applyPool(Stage.POOL_ID);
        second.applyClient("delete", "appType: Confidential, deletionPolicy: Delete");
        second.applyClient("retain", "appType: Confidential, deletionPolicy: Retain");
        stage.eventually().until(() -> ready("delete") && ready("retain"));

        var crds = second.admin().apiextensions().v1().customResourceDefinitions();
        List<CustomResourceDefinition> ours = crds.list().getItems();
        ours.forEach(crd -> second.admin().resource(crd).delete());

        // The API server retries the removal with growing intervals.
        stage.eventually()
                .atMost(Duration.ofMinutes(3))
                .until(() -> crds.list().getItems().isEmpty());
        assertThat(ours).hasSize(3);
        assertThat(stage.cognito())
                .singleElement()
                .satisfies(client -> assertThat(client.name()).startsWith("default.retain."));
    }

    private boolean ready(String name) {
        return Conditions.find(
                        second.admin()
                                .resources(UserPoolClient.class)
                                .inNamespace("default")
                                .withName(name)
                                .require()
                                .getStatus()
                                .conditions(),
                        Conditions.READY)
                .filter(condition -> condition.getStatus().equals("True"))
                .isPresent();
    }

    private Optional<Condition> stalled(String name) {
        return Conditions.find(inSecond(name).require().getStatus().conditions(), "Stalled");
    }

    private Resource<UserPoolClient> inSecond(String name) {
        return second.admin()
                .resources(UserPoolClient.class)
                .inNamespace(stage.namespace())
                .withName(name);
    }
}
