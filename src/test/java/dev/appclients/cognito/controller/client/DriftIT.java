package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.aws.cognito.RawCognito;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.simulator.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Another writer changes the client in Cognito. */
class DriftIT extends OnStage {

    private static final Duration INTERVAL = Duration.ofHours(2);

    @Override
    public OperatorSettings settings() {
        return Stage.SETTINGS.withDriftCheckInterval(INTERVAL);
    }

    @Test
    void anUnchangedClientCausesOneCallPerDriftCheckAndNoneBetween() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.forgetCalls();

        stage.wake("web");
        assertThat(stage.calls()).isEmpty();

        advanceToNextDriftCheck();
        stage.wake("web");
        assertThat(stage.calls()).containsExactly("DescribeUserPoolClient");
    }

    @Test
    void aRestartCausesNoCallAndTheNextDriftCheckOne() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.forgetCalls();

        stage.restartOperator();
        stage.wake("web");
        assertThat(stage.calls()).isEmpty();

        advanceToNextDriftCheck();
        stage.wake("web");
        assertThat(stage.calls()).containsExactly("DescribeUserPoolClient");
    }

    @Test
    void driftIsCorrectedByOneUpdateAndReportedByOneEventWithTheFields() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        stage.changeInCognito(
                "web", Map.of("CallbackURLs", List.of("https://evil.example.com/"), "AuthSessionValidity", 9));
        stage.forgetCalls();

        advanceToNextDriftCheck();
        stage.wake("web");
        stage.wake("web");

        assertThat(stage.calls()).containsExactly("DescribeUserPoolClient", "UpdateUserPoolClient");
        assertThat(stage.inCognito("web", "CallbackURLs")).isEqualTo("[\"https://shop.example.com/callback\"]");
        assertThat(stage.eventsAbout("web")).singleElement().satisfies(event -> {
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getReason()).isEqualTo("DriftCorrected");
            assertThat(event.getMessage()).contains("callbackURLs", "authSessionValidity");
        });
        stage.awaitReady("web");
    }

    /** Cognito resets the settings that an update omits. */
    @Test
    void anUpdateByAnotherToolThatResetsFieldsIsCorrectedAfterTheIntervalOfTheManifest() {
        Duration shortest = Duration.ofMinutes(10);
        stage.applyClient("web", WEB + "driftCheckInterval: 10m");
        String id = Objects.requireNonNull(stage.awaitReady("web").clientId());
        try (RawCognito tool = RawCognito.openSimulator(AwsConfiguration.DEFAULT
                .withEndpoint(stage.simulator().endpoint())
                .withQuotas(Quotas.UNLIMITED))) {
            tool.sdk("eu-west-1")
                    .updateUserPoolClient(
                            r -> r.userPoolId(Stage.POOL_ID).clientId(id).authSessionValidity(9));
        }
        assertThat(stage.inCognito("web", "CallbackURLs")).isNull();

        clock.advance(shortest);
        stage.wake("web");

        stage.eventually()
                .untilAsserted(() -> assertThat(stage.inCognito("web", "CallbackURLs"))
                        .isEqualTo("[\"https://shop.example.com/callback\"]"));
        assertThat(stage.inCognito("web", "AuthSessionValidity")).isEqualTo("3");
        stage.awaitReady("web");
        assertThat(stage.eventsAbout("web")).anySatisfy(event -> {
            assertThat(event.getReason()).isEqualTo("DriftCorrected");
            assertThat(event.getMessage())
                    .contains("authSessionValidity", "explicitAuthFlows", "allowedOAuthFlows", "callbackURLs");
        });
    }

    @Test
    void theManifestSetsTheDriftCheckInterval() {
        stage.applyClient("web", "appType: Confidential\ndriftCheckInterval: 10m");
        stage.awaitReady("web");
        stage.forgetCalls();

        clock.advance(Duration.ofMinutes(10));
        stage.wake("web");

        assertThat(stage.calls()).containsExactly("DescribeUserPoolClient");
    }

    @Test
    void aFailedDriftCheckNeverChangesReadyAndIsRetried() {
        stage.applyClient("web");
        stage.awaitReady("web");
        String before = stage.client("web").getMetadata().getResourceVersion();
        Fault denied = stage.simulator()
                .faults()
                .on("DescribeUserPoolClient")
                .always()
                .failBeforeCommit("AccessDeniedException", 400, "no");

        advanceToNextDriftCheck();
        stage.wake("web");
        assertThat(denied.hits()).isPositive();
        assertThat(stage.client("web").getMetadata().getResourceVersion()).isEqualTo(before);
        denied.remove();
        stage.forgetCalls();

        stage.wake("web");
        assertThat(stage.calls()).containsExactly("DescribeUserPoolClient");
        assertThat(stage.events("web")).isEmpty();
    }

    @Test
    void aRequestedReconcileIsOneDescribeAndIsEchoed() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.forgetCalls();

        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "2026-01-01T00:00:00Z");

        stage.eventually()
                .untilAsserted(() ->
                        assertThat(stage.status("web").lastHandledReconcileAt()).isEqualTo("2026-01-01T00:00:00Z"));
        stage.wake("web");
        assertThat(stage.calls()).containsExactly("DescribeUserPoolClient");
        stage.awaitReady("web");
    }

    @Test
    void aRequestedReconcileThatFailsIsEchoedAndReportsWhy() {
        stage.applyClient("web");
        stage.awaitReady("web");
        Fault down =
                stage.simulator().faults().on("DescribeUserPoolClient").always().failBeforeCommit("X", 503, "sleepy");

        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "now");

        stage.awaitCondition("web", "Ready", "False", "CognitoUnavailable");
        assertThat(stage.status("web").lastHandledReconcileAt()).isEqualTo("now");
        down.remove();
        stage.awaitReady("web");
    }

    @Test
    void driftThatCannotBeCorrectedIsReportedAndCorrectedLater() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        stage.changeInCognito("web", Map.of("AuthSessionValidity", 9));
        Fault denied = stage.simulator()
                .faults()
                .on("UpdateUserPoolClient")
                .always()
                .failBeforeCommit("AccessDeniedException", 400, "no updates today");

        advanceToNextDriftCheck();
        stage.wake("web");

        assertThat(stage.awaitCondition("web", "Ready", "False", "AccessDenied").getMessage())
                .contains("no updates today", "deploy/iam");
        denied.remove();
        stage.wake("web");
        stage.awaitReady("web");
        assertThat(stage.inCognito("web", "AuthSessionValidity")).isEqualTo("3");
    }

    @Test
    void aChangeByAnotherWriterIsNeverTakenForTheOperatorsUpdate() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        stage.changeInCognito("web", Map.of("AuthSessionValidity", 9));

        stage.applyClient("web", WEB + "accessTokenValidity: 30m\n");
        stage.awaitReady("web");

        assertThat(stage.inCognito("web", "AuthSessionValidity")).isEqualTo("3");
        stage.awaitEvents("web", "Updated");
    }

    private void advanceToNextDriftCheck() {
        clock.advance(INTERVAL);
    }
}
