package dev.appclients.cognito.controller.client;

import static dev.appclients.cognito.controller.Stage.POOL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.simulator.Fault;
import dev.appclients.cognito.simulator.Switch;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors that only Cognito can decide. The condition quotes Cognito and names the fix, and no call is repeated early. */
class CognitoSaysNoIT extends OnStage {

    private static final String INVALID = WEB.replace("openid", "email").strip();

    /** Selects the value of a disputed fact with which Cognito refuses settings that the operator only warns about. */
    @BeforeEach
    void refuseScopesWithoutOpenid() {
        stage.simulator().switches().set(Switch.OIDC_SCOPES_NEED_OPENID, true);
    }

    @ParameterizedTest(name = "client exists: {0}")
    @ValueSource(booleans = {false, true})
    void aTerminalErrorQuotesCognitoAndCausesNoCallUntilTheManifestChanges(boolean exists) {
        if (exists) {
            stage.applyClient("web");
            stage.awaitReady("web");
        }
        stage.applyClient("web", INVALID);

        assertThat(stage.awaitCondition("web", "Ready", "False", "InvalidSettings")
                        .getMessage())
                .contains(exists ? "UpdateUserPoolClient" : "CreateUserPoolClient", "need the scope openid");
        assertThat(stage.condition("web", "Stalled")).isPresent();
        stage.forgetCalls();
        stage.wake("web");
        stage.restartOperator();
        stage.wake("web");
        stage.wake("web");
        assertThat(stage.calls()).isEmpty();
        assertThat(stage.events("web")).containsOnlyOnce("InvalidSettings");

        stage.applyClient("web");
        stage.awaitReady("web");
        assertThat(stage.condition("web", "Stalled")).isEmpty();
        assertThat(stage.cognito()).hasSize(1);
    }

    @ParameterizedTest(name = "client exists: {0}")
    @ValueSource(booleans = {false, true})
    void aTerminalErrorIsRetriedOnceAnHourInCaseTheRulesChanged(boolean exists) {
        if (exists) {
            stage.applyClient("web", "appType: Confidential\ndriftCheckInterval: 7d");
            stage.awaitReady("web");
        }
        stage.applyClient("web", INVALID + "\ndriftCheckInterval: 7d");
        stage.awaitCondition("web", "Ready", "False", "InvalidSettings");
        stage.forgetCalls();
        String write = exists ? "UpdateUserPoolClient" : "CreateUserPoolClient";

        clock.advance(Duration.ofHours(1));
        stage.wake("web");
        stage.wake("web");
        assertThat(stage.calls()).containsOnlyOnce(write);

        stage.simulator().switches().set(Switch.OIDC_SCOPES_NEED_OPENID, false);
        clock.advance(Duration.ofHours(1));
        stage.wake("web");
        stage.awaitReady("web");
        assertThat(stage.cognito()).hasSize(1);
    }

    /** An early retry would get the same answer. The hourly retry covers changes that the operator cannot observe. */
    @ParameterizedTest
    @CsvSource({
        "InvalidParameterException, InvalidSettings",
        "InvalidOAuthFlowException, InvalidSettings",
        "FeatureUnavailableInTierException, TierTooLow",
        "OperationNotEnabledException, NotEnabled",
        "LimitExceededException, LimitExceeded"
    })
    void aTerminalErrorCausesNoCallBeforeItsHourlyRetry(String exception, String reason) {
        stage.simulator()
                .faults()
                .on("CreateUserPoolClient")
                .always()
                .failBeforeCommit(exception, 400, "Not like this.");
        stage.applyClient("web");
        assertThat(stage.awaitCondition("web", "Ready", "False", reason).getMessage())
                .contains("Not like this");
        stage.forgetCalls();

        stage.wake("web");
        clock.advance(Duration.ofMinutes(59));
        stage.restartOperator();
        stage.wake("web");
        assertThat(stage.calls()).isEmpty();

        clock.advance(Duration.ofHours(1));
        stage.wake("web");
        stage.wake("web");
        // After a restart, the operator first lists clients by name and reads the pool before it writes.
        stage.eventually().until(() -> stage.calls().contains("CreateUserPoolClient"));
        stage.wake("web");
        assertThat(stage.calls())
                .containsOnlyOnce("CreateUserPoolClient")
                .isSubsetOf("ListUserPoolClients", "DescribeUserPool", "DescribeUserPoolDomain", "CreateUserPoolClient")
                .doesNotHaveDuplicates();
    }

    @Test
    void aRequestedReconcileRetriesARefusedCreate() {
        stage.applyClient("web", INVALID);
        stage.awaitCondition("web", "Ready", "False", "InvalidSettings");
        stage.simulator().switches().set(Switch.OIDC_SCOPES_NEED_OPENID, false);

        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "now");

        stage.awaitReady("web");
        assertThat(stage.status("web").lastHandledReconcileAt()).isEqualTo("now");
    }

    @Test
    void aFullPoolIsReportedAndTheClientIsCreatedOnceAnotherIsDeleted() {
        stage.simulator().pool(POOL_ID).clientLimit(1);
        stage.applyClient("first");
        stage.awaitReady("first");
        stage.applyClient("second");

        assertThat(stage.awaitCondition("second", "Ready", "False", "LimitExceeded")
                        .getMessage())
                .contains("limit of 1", "higher quota");
        assertThat(stage.status("second").pendingCreate()).isNull();
        stage.forgetCalls();
        stage.wake("second");
        assertThat(stage.calls()).isEmpty();

        stage.delete("first");
        stage.awaitReady("second");
    }

    @Test
    void anUnknownErrorIsQuotedTreatedAsTerminalAndRetriedSlowly() {
        Fault refused = stage.simulator()
                .faults()
                .on("CreateUserPoolClient")
                .always()
                .failBeforeCommit("BrandNewException", 400, "No, because.");

        stage.applyClient("web");

        assertThat(stage.awaitCondition("web", "Ready", "False", "UnknownRefusal")
                        .getMessage())
                .contains("No, because");
        refused.remove();
        stage.wake("web");
        stage.awaitReady("web");
    }
}
