package dev.appclients.cognito.controller.client;

import static dev.appclients.cognito.controller.Stage.POOL;
import static dev.appclients.cognito.controller.Stage.POOL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The message of Ready contains each warning, whether Ready is True or False, and one event announces it. */
class WarningsIT extends OnStage {

    private static final String DOUBTFUL = WEB.replace("openid", "email");
    private static final String WARNING = ". Warning: allowedOAuthScopes has email, phone or profile without openid,"
            + " which they need. Add openid";
    private static final String OPEN = "Mutable custom attributes of the pool: custom:role";

    @Test
    void aWarningFollowsTheErrorOfCognitoThatRefusesTheManifest() {
        stage.simulator()
                .faults()
                .on("CreateUserPoolClient")
                .always()
                .failBeforeCommit("InvalidParameterException", 400, "The scopes are invalid.");
        stage.applyClient("web", DOUBTFUL);

        assertThat(stage.awaitCondition("web", "Ready", "False", "InvalidSettings")
                        .getMessage())
                .contains("The scopes are invalid")
                .endsWith(WARNING);
        assertThat(stage.condition("web", "ClientSynced").orElseThrow().getMessage())
                .doesNotContain("Warning");
        stage.awaitEvents("web", "InvalidSettings", "Doubtful");

        stage.wake("web");
        clock.advance(Duration.ofHours(1).plusSeconds(1));
        stage.wake("web");
        stage.restartOperator();
        stage.wake("web");
        assertThat(ready("web")).endsWith(WARNING).containsOnlyOnce("Warning");
        stage.awaitEvents("web", "InvalidSettings", "Doubtful");
    }

    @Test
    void aWarningIsReportedWhileTheClientWaitsForItsPool() {
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web}
                spec:
                  userPoolRef: {name: absent}
                """ + DOUBTFUL.indent(2));

        assertThat(stage.awaitCondition("web", "Ready", "False", "PoolMissing").getMessage())
                .endsWith(WARNING);
    }

    @Test
    void aWarningIsAnnouncedOncePerGenerationAndANewOneOnceMore() {
        stage.applyClient("web", "appType: Public");
        stage.awaitReady("web");
        assertThat(stage.events("web")).isEmpty();

        stage.simulator().pool(POOL_ID).attribute("custom:role", true, false);
        stage.annotatePool(POOL, Annotations.RECONCILE_REQUESTED_AT, "1");
        stage.eventually().untilAsserted(() -> assertThat(ready("web")).endsWith(OPEN));
        assertThat(stage.condition("web", "Ready").orElseThrow().getStatus()).isEqualTo("True");
        stage.awaitEvents("web", "Doubtful");

        stage.wake("web");
        stage.restartOperator();
        stage.wake("web");
        stage.awaitEvents("web", "Doubtful");

        stage.applyClient("web", "appType: Public\nwriteAttributes: [name]");
        stage.eventually().untilAsserted(() -> assertThat(ready("web")).doesNotContain("Warning"));
    }

    @Test
    void theAttributesOfAPoolThatDoesNotAllowTheNamespaceAreNotNamed() {
        stage.simulator().pool(POOL_ID).attribute("custom:role", true, false);
        stage.applyPool(POOL, "namespaces: {from: Names, names: [another]}");
        stage.annotatePool(POOL, Annotations.RECONCILE_REQUESTED_AT, "1");
        stage.eventually()
                .untilAsserted(
                        () -> assertThat(stage.pool().getStatus().attributes().mutable())
                                .contains("custom:role"));
        stage.applyClient("web", "appType: Public");

        assertThat(stage.awaitCondition("web", "Ready", "False", "NamespaceNotAllowed")
                        .getMessage())
                .doesNotContain("custom:role");
    }

    @Test
    void aPoolStatusOfAnEarlierVersionIsReadOnceMoreForTheMutableAttributes() {
        stage.stopOperator();
        stage.admin()
                .resources(ClusterUserPool.class)
                .withName(POOL)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\":\"remove\",\"path\":\"/status/attributes/mutable\"}]");
        stage.forgetCalls();

        stage.startOperator();
        stage.eventually()
                .untilAsserted(
                        () -> assertThat(stage.pool().getStatus().attributes().mutable())
                                .contains("email")
                                .doesNotContain("sub"));
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.restartOperator();
        stage.wake("web");
        assertThat(stage.calls()).containsOnlyOnce("DescribeUserPool");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "True", "false", ""})
    void anAnnotationThatDoesNotPauseCausesAWarning(String value) {
        stage.applyClient("web");
        stage.awaitReady("web");

        stage.annotate("web", Annotations.PAUSED, value);

        stage.eventually()
                .untilAsserted(() -> assertThat(ready("web"))
                        .contains(". Warning: The annotation cognito.appclients.dev/paused is not true"));
        stage.awaitReady("web");
        stage.awaitEvents("web", "Doubtful");
        assertThat(stage.eventsAbout("web"))
                .singleElement()
                .extracting(Event::getMessage)
                .asString()
                .contains("does not pause");
    }

    private String ready(String name) {
        return stage.condition(name, "Ready").orElseThrow().getMessage();
    }
}
