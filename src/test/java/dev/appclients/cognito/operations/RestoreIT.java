package dev.appclients.cognito.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.LiveSecret;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster is lost while its app clients live on, and its objects come back from a backup with other UIDs. */
class RestoreIT extends OnStage {

    private static final Path SCRIPT =
            Path.of("deploy/restore/adopt-restored.sh").toAbsolutePath();

    @ParameterizedTest(name = "status: {0}, Secrets: {1}")
    @CsvSource({"true, true", "true, false", "false, true"})
    void afterTheScriptTheObjectsContinueWithTheirClientsAndTheirSecrets(boolean withStatus, boolean withSecrets) {
        ready("web", "spa");
        Map<String, String> web = stage.data("web");
        Map<String, String> spa = stage.data("spa");
        List<AppClient> before = stage.cognito();
        Backup backup = loseCluster();

        backup.restorePools();
        if (withSecrets) {
            backup.restoreSecrets();
        }
        backup.restoreClients(withStatus);
        String adopted = run("--apply");
        stage.startOperator();

        stage.awaitReady("web");
        stage.awaitReady("spa");
        assertThat(adopted).contains(stage.namespace() + "/web adopts app client " + web.get("client-id"));
        assertThat(stage.cognito()).isEqualTo(before);
        assertThat(stage.data("web")).isEqualTo(web);
        assertThat(stage.data("spa")).isEqualTo(spa);
        assertThat(run("")).isEqualTo("no restored UserPoolClient found\n");
    }

    @Test
    void withoutTheOptionTheScriptOnlyPrints() {
        ready("web");
        Backup backup = loseCluster();
        backup.restorePools();
        backup.restoreSecrets();
        backup.restoreClients(false);

        assertThat(run("")).contains("/web adopts app client ", "nothing is changed");

        assertThat(stage.client("web").getSpec().adopt()).isNull();
        assertThat(stage.pool().getSpec().adoption()).isNull();
    }

    @Test
    void theScriptChangesNothingInAClusterThatIsNotRestored() {
        ready("web");

        assertThat(run("--apply")).isEqualTo("no restored UserPoolClient found\n");
    }

    @Test
    void withTheSecretsAndWithoutTheScriptNoSecondClientIsCreated() {
        ready("web");
        Map<String, String> published = stage.data("web");
        List<AppClient> before = stage.cognito();
        Backup backup = loseCluster();

        backup.restorePools();
        backup.restoreSecrets();
        backup.restoreClients(false);
        stage.startOperator();

        stage.awaitCondition("web", "Stalled", "True", "RestoredObject");
        assertThat(stage.cognito()).isEqualTo(before);
        assertThat(stage.data("web")).isEqualTo(published);

        // The script also works after the operator has started.
        run("--apply");
        stage.awaitReady("web");
        assertThat(stage.cognito()).isEqualTo(before);
        assertThat(stage.data("web")).isEqualTo(published);
    }

    @ParameterizedTest(name = "Secrets: {0}")
    @ValueSource(booleans = {true, false})
    void withTheStatusAndWithoutTheScriptNoSecondClientIsCreated(boolean withSecrets) {
        ready("web");
        List<AppClient> before = stage.cognito();
        Backup backup = loseCluster();

        backup.restorePools();
        if (withSecrets) {
            backup.restoreSecrets();
        }
        backup.restoreClients(true);
        stage.startOperator();

        stage.awaitCondition("web", "Stalled", "True", "NotOurs");
        assertThat(stage.cognito()).isEqualTo(before);
    }

    /** Cognito shows no secret that the operator added, and the record belongs to the former object. */
    @Test
    void aRotatedClientKeepsItsRestoredSecretUntilAUserRequestsANewOne() {
        ready("web");
        String clientId = Objects.requireNonNull(stage.status("web").clientId());
        List<String> original = secretIds(clientId);
        stage.annotate("web", Annotations.ROTATE_REQUESTED_AT, "first");
        stage.eventually().until(() -> Objects.equals(stage.status("web").lastHandledRotateAt(), "first"));
        stage.awaitReady("web");
        stage.annotate("web", Annotations.RETIRE_SECRET, original.getFirst());
        stage.eventually().until(() -> secretIds(clientId).size() == 1);
        stage.removeAnnotation("web", Annotations.ROTATE_REQUESTED_AT);
        stage.removeAnnotation("web", Annotations.RETIRE_SECRET);
        String published = stage.data("web").get("client-secret");
        Backup backup = loseCluster();

        backup.restorePools();
        backup.restoreSecrets();
        backup.restoreClients(false);
        run("--apply");
        stage.startOperator();

        stage.awaitCondition("web", "Stalled", "True", "SecretUnreadable");
        assertThat(stage.data("web")).containsEntry("client-secret", published);
        assertThat(stage.simulator().authenticate(clientId, published)).isTrue();

        stage.annotate("web", Annotations.ROTATE_REQUESTED_AT, "second");

        stage.eventually().until(() -> !published.equals(stage.data("web").get("client-secret")));
        stage.awaitReady("web");
        assertThat(stage.simulator().authenticate(clientId, stage.data("web").get("client-secret")))
                .isTrue();
        assertThat(stage.simulator().authenticate(clientId, published))
                .as("the overlap begins")
                .isTrue();
    }

    private List<String> secretIds(String clientId) {
        return stage.simulator().client(Stage.POOL_ID, clientId).secrets().stream()
                .map(LiveSecret::id)
                .toList();
    }

    @Test
    void withoutStatusAndSecretsTheOperatorCreatesAnotherClientAndTheFormerOneStays() {
        ready("web");
        String former = stage.status("web").clientId();
        Backup backup = loseCluster();

        backup.restorePools();
        backup.restoreClients(false);
        stage.startOperator();

        assertThat(stage.awaitReady("web").clientId()).isNotEqualTo(former);
        assertThat(stage.cognito())
                .extracting(AppClient::clientId)
                .contains(former)
                .hasSize(2);
    }

    @Test
    void anOlderBackupBringsItsManifestBackAndReportsAClientThatWasDeletedSince() {
        ready("web", "gone");
        Backup backup = Backup.of(stage.admin(), stage.namespace());
        String former = stage.inCognito("web", "AccessTokenValidity");
        stage.applyClient("web", WEB + "accessTokenValidity: 30m\n");
        stage.eventually().until(() -> !Objects.equals(stage.inCognito("web", "AccessTokenValidity"), former));
        stage.delete("gone");
        stage.awaitGone("gone");
        lose(backup);

        backup.restorePools();
        backup.restoreSecrets();
        backup.restoreClients(false);
        run("--apply");
        stage.startOperator();

        stage.awaitReady("web");
        assertThat(stage.inCognito("web", "AccessTokenValidity")).isEqualTo(former);
        assertThat(stage.awaitCondition("gone", "Stalled", "True", "NothingToAdopt")
                        .getMessage())
                .contains("spec.adopt.clientId");
        assertThat(stage.cognito()).hasSize(1);
    }

    @Test
    void twoObjectsThatNameOneClientAreSkipped() {
        ready("web", "spa");
        String id = stage.status("web").clientId();
        Backup backup = loseCluster();
        backup.restorePools();
        backup.restoreSecrets();
        backup.restoreClients(false);
        stage.editSecret(
                "spa", secret -> secret.getMetadata().getAnnotations().put("cognito.appclients.dev/client-id", id));

        assertThat(run("--apply"))
                .contains("/web: skipped. Several objects name app client " + id)
                .contains("/spa: skipped. Several objects name app client " + id);
        assertThat(stage.client("web").getSpec().adopt()).isNull();
    }

    /** etcd keeps the UIDs, so a snapshot needs no adoption. An older one has neither the id nor the newest manifest. */
    @Test
    void withTheSameUidAnObjectWithoutStatusFindsItsClient() {
        ready("web");
        String id = stage.status("web").clientId();
        List<AppClient> before = stage.cognito();
        stage.stopOperator();
        stage.wipeStatus("web");
        stage.deleteSecret("web");

        stage.startOperator();

        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "now");
        assertThat(stage.awaitReady("web").clientId()).isEqualTo(id);
        assertThat(stage.cognito()).isEqualTo(before);
        stage.eventually().until(() -> stage.secret("web") != null);
    }

    private void ready(String... names) {
        for (String name : names) {
            stage.applyClient(name, WEB);
            stage.awaitReady(name);
        }
    }

    private Backup loseCluster() {
        Backup backup = Backup.of(stage.admin(), stage.namespace());
        lose(backup);
        return backup;
    }

    private void lose(Backup backup) {
        stage.stopOperator();
        backup.loseCluster();
        stage.eventually()
                .until(() -> stage.secret("web") == null
                        && stage.admin()
                                        .resources(ClusterUserPool.class)
                                        .withName(Stage.POOL)
                                        .get()
                                == null);
        awaitAnotherSecond();
    }

    /** A restore is never in the same second as the backed up status. */
    private void awaitAnotherSecond() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        stage.eventually().until(() -> Instant.now().isAfter(now.plusMillis(1_050)));
    }

    private static String run(String option) {
        Kubectl.Output output = Kubectl.shell(SCRIPT + " " + option);
        assertThat(output.exitCode()).as(output.text()).isZero();
        return output.text();
    }
}
