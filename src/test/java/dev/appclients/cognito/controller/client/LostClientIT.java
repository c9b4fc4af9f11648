package dev.appclients.cognito.controller.client;

import static dev.appclients.cognito.controller.Stage.POOL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.simulator.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A person deletes the app client in Cognito. The operator creates a new one, with a new id, only on the user's request. */
class LostClientIT extends OnStage {

    private static final Duration INTERVAL = Duration.ofHours(2);

    @Override
    public OperatorSettings settings() {
        return Stage.SETTINGS.withDriftCheckInterval(INTERVAL);
    }

    @Test
    void aLostClientIsReportedOnceWithItsIdAndCausesNoFurtherCalls() {
        String id = lost();

        assertThat(stage.awaitCondition("web", "Ready", "False", "ClientLost").getMessage())
                .contains(id, "cognito.appclients.dev/recreate=" + id);
        assertThat(stage.condition("web", "Stalled")).isPresent();
        stage.forgetCalls();
        stage.wake("web");
        stage.restartOperator();
        stage.wake("web");
        assertThat(stage.calls()).isEmpty();
        assertThat(stage.cognito()).isEmpty();
        assertThat(stage.status("web").clientId()).isEqualTo(id);
        assertThat(stage.data("web")).containsEntry("client-id", id);
        stage.awaitEvents("web", "ClientLost");
    }

    @Test
    void anotherIdInTheAnnotationDoesNotRecreateTheClient() {
        lost();
        stage.awaitCondition("web", "Ready", "False", "ClientLost");
        stage.forgetCalls();

        stage.annotate("web", Annotations.RECREATE, "another");
        stage.wake("web");
        stage.annotate("web", Annotations.RECREATE, "true");
        stage.wake("web");

        assertThat(stage.cognito()).isEmpty();
        assertThat(stage.calls()).doesNotContain("CreateUserPoolClient");
        stage.awaitCondition("web", "Ready", "False", "ClientLost");
    }

    @Test
    void theAnnotationWithTheLostIdCreatesOneNewClientAndRewritesTheSecret() {
        String id = lost();
        stage.awaitCondition("web", "Ready", "False", "ClientLost");
        String lostSecret = stage.data("web").get("client-secret");
        stage.forgetCalls();

        stage.annotate("web", Annotations.RECREATE, id);

        String newId = stage.awaitReady("web").clientId();
        assertThat(newId).isNotEqualTo(id);
        assertThat(stage.calls()).containsOnlyOnce("CreateUserPoolClient");
        assertThat(stage.data("web"))
                .containsEntry("client-id", newId)
                .doesNotContainEntry("client-secret", lostSecret);
        stage.awaitEvents("web", "ClientLost", "Synced");
    }

    @Test
    void aRemainingAnnotationDoesNotRecreateTheNextClient() {
        String id = lost();
        stage.awaitCondition("web", "Ready", "False", "ClientLost");
        stage.annotate("web", Annotations.RECREATE, id);
        String newId = stage.awaitReady("web").clientId();

        stage.simulator().deleteClient(POOL_ID, newId);
        clock.advance(INTERVAL);
        stage.wake("web");

        assertThat(stage.awaitCondition("web", "Ready", "False", "ClientLost").getMessage())
                .contains(newId);
        assertThat(stage.cognito()).isEmpty();
    }

    @Test
    void aClientThatExistsAgainIsFoundOnRequest() {
        stage.applyClient("web");
        stage.awaitReady("web");
        Fault hidden = stage.simulator()
                .faults()
                .on("DescribeUserPoolClient")
                .always()
                .failBeforeCommit("ResourceNotFoundException", 400, "User pool client x does not exist.");
        clock.advance(INTERVAL);
        stage.wake("web");
        stage.awaitCondition("web", "Ready", "False", "ClientLost");

        hidden.remove();
        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "now");

        stage.awaitReady("web");
    }

    @Test
    void anObjectThatLostItsClientIsDeletedCompletely() {
        lost();
        stage.awaitCondition("web", "Ready", "False", "ClientLost");

        stage.delete("web");

        stage.awaitGone("web");
    }

    @Test
    void anEditOfTheManifestDetectsTheLossAndDoesNotRecreateTheClient() {
        stage.applyClient("web");
        stage.simulator().deleteClient(POOL_ID, stage.awaitReady("web").clientId());

        stage.applyClient("web", "appType: Confidential\nauthSessionValidity: 5m");

        stage.awaitCondition("web", "Ready", "False", "ClientLost");
        assertThat(stage.cognito()).isEmpty();
    }

    @Test
    void deniedAccessDoesNotCountAsALostClient() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.simulator().access().deny("*", "cognito-idp:DescribeUserPoolClient", "*");

        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "now");

        stage.awaitCondition("web", "Ready", "False", "AccessDenied");
        assertThat(stage.cognito()).hasSize(1);
        stage.simulator().access().withoutPolicies();
        stage.wake("web");
        stage.awaitReady("web");
    }

    private String lost() {
        stage.applyClient("web");
        String id = stage.awaitReady("web").clientId();
        stage.simulator().deleteClient(POOL_ID, id);
        clock.advance(INTERVAL);
        stage.wake("web");
        return id;
    }
}
