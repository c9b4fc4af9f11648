package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings that this operator version does not know. It finds them in the raw answer, warns once, and never writes them. */
class UnknownSettingsIT extends OnStage {

    private static final Duration INTERVAL = Duration.ofHours(2);

    @Override
    public OperatorSettings settings() {
        return Stage.SETTINGS.withDriftCheckInterval(INTERVAL);
    }

    @Test
    void anUnknownSettingIsWarnedAboutOnceAndNeverCausesAnUpdate() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.changeInCognito("web", Map.of("QuantumFlow", "on"));

        checkDrift();

        assertThat(stage.awaitReady("web").unknownSettings()).containsExactly("QuantumFlow");
        assertThat(ready())
                .contains(
                        "does not know: QuantumFlow. An update by the operator would reset them.",
                        "Upgrade the operator to a version that knows them");
        stage.awaitEvents("web", "UnknownSettings");

        String resourceVersion = stage.client("web").getMetadata().getResourceVersion();
        stage.wake("web");
        checkDrift();
        stage.restartOperator();
        stage.wake("web");
        checkDrift();
        assertThat(stage.calls()).doesNotContain("UpdateUserPoolClient");
        assertThat(stage.client("web").getMetadata().getResourceVersion())
                .as("the status is not written again")
                .isEqualTo(resourceVersion);
        stage.awaitEvents("web", "UnknownSettings");
    }

    @Test
    void anotherUnknownSettingHasItsOwnEventAndARemovedOneClearsItsWarning() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.changeInCognito("web", Map.of("QuantumFlow", "on"));
        checkDrift();
        stage.awaitEvents("web", "UnknownSettings");

        stage.changeInCognito("web", Map.of("Entangled", true));
        checkDrift();
        stage.awaitEvents("web", "UnknownSettings", "UnknownSettings");
        assertThat(stage.eventsAbout("web").getLast().getMessage())
                .contains("Entangled")
                .doesNotContain("QuantumFlow");
        assertThat(ready()).contains("Entangled, QuantumFlow");

        stage.setInCognito("web", "QuantumFlow", null);
        stage.setInCognito("web", "Entangled", null);
        checkDrift();
        assertThat(stage.awaitReady("web").unknownSettings()).isNull();
        assertThat(ready()).doesNotContain("Warning");
    }

    @Test
    void anUpdateThatResetsAnUnknownSettingReportsIt() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.changeInCognito("web", Map.of("QuantumFlow", "on"));
        checkDrift();

        stage.applyClient("web", "appType: Confidential\nauthSessionValidity: 7m");

        stage.eventually()
                .untilAsserted(() -> assertThat(stage.inCognito("web", "AuthSessionValidity"))
                        .isEqualTo("7"));
        assertThat(stage.awaitReady("web").unknownSettings()).isNull();
        stage.awaitEvents("web", "UnknownSettings", "Updated", "UnknownSettingsReset");
        assertThat(stage.eventsAbout("web").getLast().getMessage())
                .contains("reset settings")
                .contains("QuantumFlow");
        stage.forgetCalls();
        checkDrift();
        assertThat(stage.calls()).containsExactly("DescribeUserPoolClient");
    }

    @Test
    void anEmptyOrReadOnlyMemberIsNoUnknownSetting() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.changeInCognito("web", Map.of("QuantumFlow", "", "Entangled", Map.of(), "ClientType", "DCR"));

        checkDrift();

        assertThat(stage.awaitReady("web").unknownSettings()).isNull();
        assertThat(stage.events("web")).isEmpty();
    }

    private String ready() {
        return stage.condition("web", "Ready").orElseThrow().getMessage();
    }

    private void checkDrift() {
        clock.advance(INTERVAL);
        stage.wake("web");
    }
}
