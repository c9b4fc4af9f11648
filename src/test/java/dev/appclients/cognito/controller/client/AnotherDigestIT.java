package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Statuses whose digest another version of the operator wrote. */
class AnotherDigestIT extends OnStage {

    private static final Duration INTERVAL = Duration.ofHours(2);
    private static final String FIRST_VERSION = "0123456789abcdef";
    private static final List<String> NAMES = List.of("managed", "observed", "machine");

    @Override
    public OperatorSettings settings() {
        return Stage.SETTINGS.withDriftCheckInterval(INTERVAL);
    }

    @Test
    void aRestartOverStatusesOfAnotherVersionCostsNoCallUntilTheNextDriftCheck() {
        syncClients();
        stage.stopOperator();
        writeDigestsOfTheFirstVersion();
        stage.forgetCalls();

        stage.startOperator();
        NAMES.forEach(stage::wake);
        NAMES.forEach(stage::wake);

        assertThat(stage.calls()).isEmpty();
        NAMES.forEach(stage::awaitReady);

        clock.advance(INTERVAL);
        NAMES.forEach(stage::wake);
        assertThat(stage.calls()).containsOnly("DescribeUserPoolClient").hasSize(NAMES.size());
        NAMES.forEach(name ->
                assertThat(stage.status(name).appliedSettings()).as(name).contains("v2:"));
        stage.forgetCalls();
        NAMES.forEach(stage::wake);
        assertThat(stage.calls()).isEmpty();
    }

    @Test
    void aManifestThatChangedWhileTheOperatorWasDownIsAppliedAtOnceForAnyDigestVersion() {
        syncClients();
        stage.stopOperator();
        writeDigestsOfTheFirstVersion();
        stage.applyClient("managed", WEB + "accessTokenValidity: 5m");

        stage.startOperator();

        stage.awaitReady("managed");
        assertThat(stage.inCognito("managed", "AccessTokenValidity")).isEqualTo("5");
    }

    @Test
    void aManifestThatChangedDuringAPauseIsAppliedAfterItForAnyDigestVersion() {
        stage.applyClient("managed", WEB);
        stage.awaitReady("managed");
        stage.annotate("managed", Annotations.PAUSED, "true");
        stage.awaitCondition("managed", "Ready", "False", "Paused");
        stage.applyClient("managed", WEB + "accessTokenValidity: 5m");
        stage.awaitCondition("managed", "Ready", "False", "Paused");
        stage.stopOperator();
        stage.forgeStatus("managed", status -> status.put("appliedSettings", FIRST_VERSION));
        stage.startOperator();

        stage.removeAnnotation("managed", Annotations.PAUSED);

        stage.awaitReady("managed");
        assertThat(stage.inCognito("managed", "AccessTokenValidity")).isEqualTo("5");
    }

    private void syncClients() {
        stage.applyClient("managed", WEB);
        stage.applyClient("machine", "appType: MachineToMachine\nallowedOAuthScopes: [orders/read]");
        stage.applyClient("observed", WEB);
        NAMES.forEach(stage::awaitReady);
        stage.applyClient("observed", WEB + "mode: Observe");
        stage.awaitCondition("observed", "Drifted", "False", "NoDrift");
        stage.awaitReady("observed");
    }

    private void writeDigestsOfTheFirstVersion() {
        NAMES.forEach(name -> stage.forgeStatus(
                name,
                status -> status.put(
                        "appliedSettings",
                        Objects.toString(status.get("appliedSettings")).startsWith("observed-")
                                ? "observed-" + FIRST_VERSION
                                : FIRST_VERSION)));
    }
}
