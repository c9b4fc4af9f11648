package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.DriftedField;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.OnAdoptionStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.simulator.AppClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** An observed client is published, compared, and never changed. */
class ObservationIT extends OnAdoptionStage {

    private static final String OBSERVE = "mode: Observe\n";
    private static final Duration INTERVAL = Duration.ofHours(2);

    @Override
    public OperatorSettings settings() {
        return Stage.SETTINGS.withDriftCheckInterval(INTERVAL);
    }

    @Test
    void anObservedClientIsPublishedComparedAndNeverWritten() {
        AppClient legacy = handMade();
        permit(legacy, "Observe");

        stage.applyClient("web", WEB + OBSERVE + adopt(legacy));

        UserPoolClientStatus status = stage.awaitReady("web");
        assertThat(stage.calls()).containsExactly("DescribeUserPoolClient", "ListUserPoolClientSecrets");
        assertThat(stage.cognito()).containsExactly(legacy);
        assertThat(status.clientId()).isEqualTo(legacy.clientId());
        assertThat(stage.data("web"))
                .containsEntry("client-id", legacy.clientId())
                .containsEntry("client-secret", legacy.secrets().getFirst().value())
                .doesNotContainKey("redirect-uri");
        assertThat(stage.awaitCondition("web", "Drifted", "True", "Drifted").getMessage())
                .contains("callbackURLs", "mode: Manage");
        assertThat(status.drift())
                .contains(new DriftedField("callbackURLs", "[https://shop.example.com/callback]", "[]"))
                .noneMatch(drifted -> drifted.field().equals("clientName"));
        assertThat(stage.condition("web", "ClientSynced").orElseThrow().getStatus())
                .isEqualTo("True");
        stage.awaitEvents("web", "Adopted", "Drifted");
    }

    @Test
    void driftIsReportedWhenItAppearsAndDisappearsAndIsNotCorrected() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        stage.applyClient("web", WEB + OBSERVE);
        stage.awaitCondition("web", "Drifted", "False", "NoDrift");
        stage.forgetCalls();

        stage.changeInCognito("web", Map.of("AuthSessionValidity", 9));
        stage.wake("web");
        assertThat(stage.calls()).isEmpty();
        advanceToNextDriftCheck();
        stage.wake("web");

        stage.awaitCondition("web", "Drifted", "True", "Drifted");
        assertThat(stage.status("web").drift()).containsExactly(new DriftedField("authSessionValidity", "3m", "9m"));
        stage.awaitReady("web");
        stage.changeInCognito("web", Map.of("AuthSessionValidity", 3));
        advanceToNextDriftCheck();
        stage.wake("web");
        stage.awaitCondition("web", "Drifted", "False", "NoDrift");
        assertThat(stage.status("web").drift()).isNull();
        assertThat(stage.calls()).containsOnly("DescribeUserPoolClient");
        stage.awaitEvents("web", "Drifted", "NoDrift");
    }

    @Test
    void anOwnClientSwitchesFromManageToObserveAndBackWithoutAnEntry() {
        stage.applyClient("web", WEB);
        String id = Objects.requireNonNull(stage.awaitReady("web").clientId());
        stage.changeInCognito("web", Map.of("AuthSessionValidity", 9));
        stage.forgetCalls();

        stage.applyClient("web", WEB + OBSERVE);
        stage.awaitCondition("web", "Drifted", "True", "Drifted");
        assertThat(stage.calls()).containsExactly("DescribeUserPoolClient");
        stage.applyClient("web", WEB);

        stage.awaitReady("web");
        assertThat(stage.condition("web", "Drifted")).isEmpty();
        assertThat(stage.status("web").drift()).isNull();
        assertThat(stage.status("web").clientId()).isEqualTo(id);
        assertThat(stage.inCognito("web", "AuthSessionValidity")).isEqualTo("3");
    }

    @Test
    void anAdoptedClientSwitchesFromObserveToManageAndBack() {
        AppClient legacy = handMade();
        permit(legacy, "Observe", "Manage");
        stage.applyClient("web", WEB + OBSERVE + adopt(legacy));
        stage.awaitCondition("web", "Drifted", "True", "Drifted");

        stage.applyClient("web", WEB + adopt(legacy));
        stage.awaitReady("web");
        assertThat(stage.inCognito("web", "CallbackURLs")).contains("https://shop.example.com/callback");
        assertThat(stage.data("web")).containsEntry("redirect-uri", "https://shop.example.com/callback");
        stage.forgetCalls();
        stage.applyClient("web", WEB + "accessTokenValidity: 5m\n" + OBSERVE + adopt(legacy));

        stage.awaitCondition("web", "Drifted", "True", "Drifted");
        assertThat(stage.status("web").drift()).containsExactly(new DriftedField("accessTokenValidity", "5m", "1h"));
        assertThat(stage.calls()).containsExactly("DescribeUserPoolClient");
    }

    @Test
    void anEntryForObserveDoesNotPermitManage() {
        AppClient legacy = handMade();
        permit(legacy, "Observe");
        stage.applyClient("web", WEB + OBSERVE + adopt(legacy));
        stage.awaitReady("web");
        var published = stage.data("web");
        stage.forgetCalls();

        stage.applyClient("web", WEB + adopt(legacy));

        stage.awaitCondition("web", "Authorized", "False", "AdoptionNotAllowed");
        assertThat(stage.calls()).isEmpty();
        assertThat(stage.cognito()).containsExactly(legacy);
        assertThat(stage.data("web")).isEqualTo(published);
    }

    @Test
    void anObservedClientIsNeverCreated() {
        stage.applyClient("web", WEB + OBSERVE);

        assertThat(stage.awaitCondition("web", "Stalled", "True", "NothingToObserve")
                        .getMessage())
                .contains("spec.adopt.clientId", "mode: Manage");
        assertThat(stage.calls()).isEmpty();

        stage.applyClient("web", WEB);
        stage.awaitReady("web");
    }

    @Test
    void anObservedClientIsNeverDeleted() {
        AppClient legacy = handMade();
        permit(legacy, "Observe");
        stage.applyClient("adopted", WEB + OBSERVE + "deletionPolicy: Delete\n" + adopt(legacy));
        stage.applyClient("own", WEB);
        stage.awaitReady("adopted");
        stage.awaitReady("own");
        stage.applyClient("own", WEB + OBSERVE + "deletionPolicy: Delete\n");
        stage.awaitCondition("own", "Drifted", "False", "NoDrift");
        stage.forgetCalls();

        stage.delete("adopted");
        stage.delete("own");

        stage.awaitGone("adopted");
        stage.awaitGone("own");
        assertThat(stage.calls()).isEmpty();
        assertThat(stage.cognito()).hasSize(2);
    }

    @Test
    void theSecretOfADriftedObservedClientHoldsCognitosValuesAndStaysUnchanged() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        stage.changeInCognito("web", Map.of("CallbackURLs", List.of("https://other.example.com/")));
        stage.applyClient("web", WEB + OBSERVE);
        stage.awaitCondition("web", "Drifted", "True", "Drifted");
        assertThat(stage.data("web")).containsEntry("redirect-uri", "https://other.example.com/");
        var secret = stage.secret("web");
        var client = stage.client("web");
        stage.forgetCalls();

        stage.wake("web");
        assertThat(stage.calls()).isEmpty();
        stage.restartOperator();
        stage.wake("web");
        stage.wake("web");

        // The status does not hold the values of the Secret, so the operator reads Cognito once after a restart.
        assertThat(stage.calls()).containsExactly("DescribeUserPoolClient");
        assertThat(stage.secret("web")).isEqualTo(secret);
        assertThat(stage.client("web").getStatus()).isEqualTo(client.getStatus());
    }

    @Test
    void theSecretOfAnObservedClientIsRestored() {
        AppClient legacy = handMade();
        permit(legacy, "Observe");
        stage.applyClient("web", WEB + OBSERVE + adopt(legacy));
        stage.awaitReady("web");
        var published = stage.data("web");
        stage.forgetCalls();

        stage.deleteSecret("web");

        stage.eventually().until(() -> stage.secret("web") != null);
        assertThat(stage.data("web")).isEqualTo(published);
        assertThat(stage.calls()).containsExactly("DescribeUserPoolClient", "ListUserPoolClientSecrets");
    }

    private void advanceToNextDriftCheck() {
        clock.advance(INTERVAL);
    }
}
