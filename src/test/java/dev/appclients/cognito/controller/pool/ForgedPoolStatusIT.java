package dev.appclients.cognito.controller.pool;

import static dev.appclients.cognito.controller.Stage.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolStatus;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controlplane.Versions;
import dev.appclients.cognito.simulator.Fault;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another writer forges each field in the status of a ClusterUserPool: no Secret ever contains a forged value. */
class ForgedPoolStatusIT extends OnStage {

    private static final String ARN = "arn:aws:cognito-idp:eu-west-1:%s:userpool/" + Stage.POOL_ID;

    private static final List<String> FORGERIES = List.of(
            "\"userPoolARN\":\"forged\"",
            "\"userPoolARN\":\"" + ARN.formatted("999999999999") + "\"",
            "\"userPoolARN\":\"" + ARN.formatted("123456789012").replace("Shop", "Forged") + "\"",
            "\"userPoolARN\":null",
            "\"issuer\":\"forged\"",
            "\"issuer\":\"https://forged.example.com/pool\"",
            "\"issuer\":null",
            "\"domain\":\"forged\"",
            "\"domain\":\"forged.example.com\"",
            "\"domain\":null",
            "\"loginVersion\":2",
            "\"tier\":\"LITE\"",
            "\"tier\":\"a forged tier\"",
            "\"attributes\":{\"names\":[\"forged\"],\"required\":[\"forged\"]}",
            "\"attributes\":{\"names\":[],\"required\":[\"forged\"]}",
            "\"observedGeneration\":999",
            "\"lastHandledReconcileAt\":\"forged\"",
            "\"conditions\":null",
            "\"issuer\":\"https://forged.example.com/pool\",\"domain\":\"forged.example.com\",\"tier\":\"LITE\"");

    private final List<String> published = new CopyOnWriteArrayList<>();
    private Versions<Secret> secrets;

    @BeforeEach
    void publishOne() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        secrets = Versions.of(
                stage.admin().secrets().inNamespace(stage.namespace()),
                (action, secret) -> secret.getData().values().stream()
                        .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
                        .forEach(published::add));
        stage.forgetCalls();
    }

    @AfterEach
    void stopWatching() {
        secrets.close();
    }

    @Test
    void aRunningOperatorUsesTheFactsThatItReadAndRestoresTheStatus() {
        ClusterUserPoolStatus before = stage.pool().getStatus();
        String version = version("web");

        forEachForgery((client, forged) -> {
            forge(forged);
            stage.applyClient(client, WEB);

            stage.awaitReady(client);
            assertFactsAre(before, forged);
            stage.wake("web");
            stage.awaitReady("web");
            assertThat(version("web")).as("the Secret after %s", forged).isEqualTo(version);
            assertNothingForged(forged);
        });
    }

    @Test
    void aStatusThatWasForgedWhileTheOperatorWasDownIsReadAgainBeforeAnyWrite() {
        ClusterUserPoolStatus before = stage.pool().getStatus();
        String version = version("web");

        forEachForgery((client, forged) -> {
            stage.stopOperator();
            forge(forged);
            stage.forgetCalls();

            stage.startOperator();
            stage.applyClient(client, WEB);

            stage.awaitReady(client);
            assertFactsAre(before, forged);
            stage.awaitReady("web");
            assertThat(version("web")).as("the Secret after %s", forged).isEqualTo(version);
            assertThat(stage.calls().stream().filter("DescribeUserPool"::equals))
                    .as("reads after %s", forged)
                    .hasSize(1);
            assertNothingForged(forged);
        });
    }

    /** A client's reconciliation begins with the forged facts, and the pool is read while Cognito describes the client. */
    @Test
    void aReadInTheMiddleOfAReconciliationConfirmsOnlyTheFactsThatItFound() throws Exception {
        ClusterUserPoolStatus before = stage.pool().getStatus();
        String version = version("web");
        String forged = FORGERIES.getLast();
        stage.stopOperator();
        forge(forged);
        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "now");
        Fault describe = stage.simulator().faults().on("DescribeUserPoolClient").pause();
        stage.startOperator();
        describe.awaitHit(Duration.ofSeconds(30));

        stage.annotatePool(POOL, Annotations.RECONCILE_REQUESTED_AT, "now");
        assertFactsAre(before, forged);
        describe.release();

        stage.eventually()
                .untilAsserted(() ->
                        assertThat(stage.status("web").lastHandledReconcileAt()).isEqualTo("now"));
        stage.awaitReady("web");
        assertThat(version("web")).isEqualTo(version);
        assertNothingForged(forged);
    }

    /** Runs the test for each forgery, with the name of a client that does not exist yet. */
    private static void forEachForgery(BiConsumer<String, String> test) {
        for (int i = 0; i < FORGERIES.size(); i++) {
            test.accept("new-" + i, FORGERIES.get(i));
        }
    }

    @Test
    void aRestartWithNothingChangedCostsNoCall() {
        stage.restartOperator();
        stage.wake("web");

        assertThat(stage.calls()).isEmpty();
        stage.awaitReady("web");
    }

    @Test
    void theFirstNewClientAfterARestartReadsThePoolOnceForAllLaterOnes() {
        stage.restartOperator();

        for (String name : List.of("one", "two", "three")) {
            stage.applyClient(name, WEB);
        }

        for (String name : List.of("one", "two", "three")) {
            stage.awaitReady(name);
        }
        assertThat(stage.calls().stream().filter("DescribeUserPool"::equals)).hasSize(1);
        assertThat(stage.calls().stream().filter("CreateUserPoolClient"::equals))
                .hasSize(3);
    }

    @Test
    void aPoolThatCannotBeReadAfterARestartIsReportedAndRecovers() {
        stage.stopOperator();
        forge("\"issuer\":\"https://forged.example.com/pool\"");
        stage.simulator().access().deny("*", "cognito-idp:DescribeUserPool", "*");
        stage.startOperator();

        stage.awaitCondition("web", "Ready", "False", "PoolNotReady");
        assertNothingForged("the issuer");
        stage.simulator().access().withoutPolicies();
        stage.annotatePool(POOL, Annotations.RECONCILE_REQUESTED_AT, "now");

        stage.awaitReady("web");
        assertNothingForged("the issuer");
    }

    private void assertNothingForged(String forged) {
        assertThat(published)
                .as("published after %s", forged)
                .isNotEmpty()
                .noneMatch(value -> value.contains("forged"));
        assertThat(stage.status("web").issuer()).doesNotContain("forged");
        assertThat(stage.status("web").loginURL()).doesNotContain("forged");
    }

    private void assertFactsAre(ClusterUserPoolStatus expected, String forged) {
        stage.eventually()
                .untilAsserted(() -> assertThat(stage.pool().getStatus())
                        .as("after %s", forged)
                        .usingRecursiveComparison()
                        .ignoringFields("conditions", "lastHandledReconcileAt", "observedGeneration")
                        .isEqualTo(expected));
    }

    private String version(String secret) {
        return stage.secret(secret).getMetadata().getResourceVersion();
    }

    private void forge(String fields) {
        stage.admin()
                .resources(ClusterUserPool.class)
                .withName(POOL)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{" + fields + "}}");
    }
}
