package dev.appclients.cognito.controller.client;

import static dev.appclients.cognito.controller.Stage.POOL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.simulator.Fault;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cognito refuses settings that the pool supports, because a change of the pool has not propagated yet. */
class CognitoLagsIT extends OnStage {

    private static final String WITH_ATTRIBUTES = "appType: Confidential\nreadAttributes: [email, \"custom:tenant\"]";
    private static final String ATTRIBUTES = "Invalid read attributes specified while creating a client";

    @BeforeEach
    void preparePool() {
        stage.simulator().pool(POOL_ID).attribute("custom:tenant", true, false).identityProvider("Google", "Google");
    }

    @ParameterizedTest(name = "client exists: {0}")
    @ValueSource(booleans = {false, true})
    void attributesThatThePoolHasAreRetriedWithinMinutes(boolean exists) {
        if (exists) {
            stage.applyClient("web");
            stage.awaitReady("web");
        }
        Fault refused = refuse(
                exists ? "UpdateUserPoolClient" : "CreateUserPoolClient", "InvalidParameterException", ATTRIBUTES);
        stage.applyClient("web", WITH_ATTRIBUTES);

        assertThat(stage.awaitCondition("web", "Ready", "False", "DependencyMissing")
                        .getMessage())
                .contains(
                        ATTRIBUTES + ". The pool has what the manifest names",
                        "The operator retries 5 times, each within five minutes, and then hourly.");
        assertThat(stage.condition("web", "Reconciling")).isPresent();
        assertThat(stage.condition("web", "Stalled")).isEmpty();

        refused.remove();
        stage.wake("web");
        stage.awaitReady("web");
        assertThat(stage.inCognito("web", "ReadAttributes")).contains("custom:tenant");
        assertThat(stage.cognito()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "allowedOAuthScopes, orders/read, ScopeDoesNotExistException, Scope does not exist: orders/read.",
        "supportedIdentityProviders, Google, InvalidParameterException, The provider Google does not exist for User Pool x",
        "explicitAuthFlows, ALLOW_USER_AUTH, FeatureUnavailableInTierException, ALLOW_USER_AUTH is not available.",
        "writeAttributes, custom:tenant, InvalidParameterException, Invalid write attributes specified while creating a client"
    })
    void aRefusedSettingThatThePoolSupportsIsRetriedWithinMinutes(
            String field, String name, String exception, String words) {
        Fault refused = refuse("CreateUserPoolClient", exception, words);
        stage.applyClient("web", "appType: Confidential\n" + field + ": [\"" + name + "\"]");

        assertThat(stage.awaitCondition("web", "Ready", "False", "DependencyMissing")
                        .getMessage())
                .contains("Cognito may lag behind a change of the pool", "within five minutes");
        refused.remove();
        stage.wake("web");
        stage.awaitReady("web");
    }

    @Test
    void aPersistentLagEndsInHourlyRetriesAndTheMessageSaysSo() {
        Fault refused = refuse("CreateUserPoolClient", "InvalidParameterException", ATTRIBUTES);
        stage.applyClient("web", WITH_ATTRIBUTES);
        stage.awaitCondition("web", "Ready", "False", "DependencyMissing");
        stage.eventually().until(() -> {
            stage.wake("web");
            return "InvalidSettings"
                    .equals(stage.condition("web", "Ready").orElseThrow().getReason());
        });

        assertThat(stage.condition("web", "Ready").orElseThrow().getMessage()).contains(ATTRIBUTES, "hourly");
        assertThat(stage.simulator().journal().of("CreateUserPoolClient")).hasSize(1 + HeldRefusals.LAG_RETRIES);
        stage.forgetCalls();
        stage.wake("web");
        stage.restartOperator();
        stage.wake("web");
        assertThat(stage.calls()).doesNotContain("CreateUserPoolClient");

        refused.remove();
        clock.advance(Duration.ofHours(1));
        stage.wake("web");
        stage.awaitReady("web");
    }

    @Test
    void aRestartBetweenRetriesContinuesThemWithinMinutes() {
        Fault refused = refuse("CreateUserPoolClient", "InvalidParameterException", ATTRIBUTES);
        stage.applyClient("web", WITH_ATTRIBUTES);
        stage.awaitCondition("web", "Ready", "False", "DependencyMissing");

        stage.stopOperator();
        refused.remove();
        stage.startOperator();

        stage.awaitReady("web");
    }

    @Test
    void anAttributeThatThePoolLacksIsNotTreatedAsLag() {
        stage.applyClient("web", "appType: Confidential\nreadAttributes: [\"custom:size\"]");

        assertThat(stage.awaitCondition("web", "Ready", "False", "DependencyMissing")
                        .getMessage())
                .contains("readAttributes has custom:size", "which the pool does not have");
    }

    /** Until it is removed, because the retry may come within milliseconds. */
    private Fault refuse(String operation, String exception, String words) {
        return stage.simulator().faults().on(operation).always().failBeforeCommit(exception, 400, words);
    }
}
