package dev.appclients.cognito.controller.pool;

import static dev.appclients.cognito.controller.Stage.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolStatus;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Another writer forges each field in the status of a ClusterUserPool: no Secret ever contains a forged value. */
class ForgedPoolStatusIT extends OnStage {

    private static final String ARN = "arn:aws:cognito-idp:eu-west-1:%s:userpool/" + Stage.POOL_ID;

    private final List<String> published = new CopyOnWriteArrayList<>();
    private Watch secrets;

    static Stream<String> forgeries() {
        return Stream.of(
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
    }

    @BeforeEach
    void publishOne() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        secrets = stage.admin().secrets().inNamespace(stage.namespace()).watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, Secret secret) {
                secret.getData().values().stream()
                        .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
                        .forEach(published::add);
            }

            @Override
            public void onClose(WatcherException cause) {
                // The test is over.
            }
        });
        stage.forgetCalls();
    }

    @AfterEach
    void stopWatching() {
        secrets.close();
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void aRunningOperatorUsesTheFactsThatItReadAndRestoresTheStatus(String forged) {
        ClusterUserPoolStatus before = stage.pool().getStatus();
        String version = version("web");

        forge(forged);
        stage.applyClient("new", WEB);

        stage.awaitReady("new");
        assertFactsAre(before);
        stage.wake("web");
        stage.awaitReady("web");
        assertThat(version("web")).as("the Secret is not written").isEqualTo(version);
        assertNothingForged();
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void aStatusThatWasForgedWhileTheOperatorWasDownIsReadAgainBeforeAnyWrite(String forged) {
        ClusterUserPoolStatus before = stage.pool().getStatus();
        String version = version("web");
        stage.stopOperator();
        forge(forged);
        stage.forgetCalls();

        stage.startOperator();
        stage.applyClient("new", WEB);

        stage.awaitReady("new");
        assertFactsAre(before);
        stage.awaitReady("web");
        assertThat(version("web")).as("the Secret is not written").isEqualTo(version);
        assertThat(stage.calls().stream().filter("DescribeUserPool"::equals)).hasSize(1);
        assertNothingForged();
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
        assertNothingForged();
        stage.simulator().access().withoutPolicies();
        stage.annotatePool(POOL, Annotations.RECONCILE_REQUESTED_AT, "now");

        stage.awaitReady("web");
        assertNothingForged();
    }

    private void assertNothingForged() {
        assertThat(published).isNotEmpty().noneMatch(value -> value.contains("forged"));
        assertThat(stage.status("web").issuer()).doesNotContain("forged");
        assertThat(stage.status("web").loginURL()).doesNotContain("forged");
    }

    private void assertFactsAre(ClusterUserPoolStatus expected) {
        stage.eventually()
                .untilAsserted(() -> assertThat(stage.pool().getStatus())
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
