package dev.appclients.cognito.controller.client;

import static dev.appclients.cognito.controller.Stage.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.Fault;
import dev.appclients.cognito.simulator.JournalEntry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call may wait for other calls. The operator checks right before the call whether it is still wanted. */
class AfterTheWaitIT {

    private static final String EDITED = "appType: Confidential\naccessTokenValidity: 30m";

    private Stage stage;
    private RunningOperator operator;
    private Fault turnOfAnother;
    private String id;

    /** The update of another client does not end, and the update of "web" waits for it. */
    @BeforeEach
    void letAnUpdateWait() throws InterruptedException, TimeoutException {
        stage = Stage.withoutOperator(Stage.SETTINGS);
        operator = stage.startOperator();
        stage.applyPool();
        List.of("another", "web", "idle").forEach(stage::applyClient);
        List.of("another", "web", "idle").forEach(stage::awaitReady);
        id = Objects.requireNonNull(stage.status("web").clientId());
        turnOfAnother = stage.simulator()
                .faults()
                .on("UpdateUserPoolClient")
                .client(Objects.requireNonNull(stage.status("another").clientId()))
                .pause();
        stage.applyClient("another", EDITED);
        turnOfAnother.awaitHit(Duration.ofSeconds(30));
        stage.applyClient("web", EDITED);
        stage.eventually().until(() -> !ofWeb("DescribeUserPoolClient").isEmpty());
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aChangedManifestStopsTheFormerUpdate() {
        stage.applyClient("web", EDITED.replace("30m", "45m"));
        awaitSeen("web");

        turnOfAnother.release();

        stage.awaitReady("web");
        assertThat(ofWeb("UpdateUserPoolClient"))
                .as("updates: none with the former manifest")
                .hasSize(1);
        assertThat(stage.inCognito("web", "AccessTokenValidity")).isEqualTo("45");
    }

    @Test
    void aDeletedObjectIsNotUpdated() {
        stage.delete("web");
        awaitSeen("web");

        turnOfAnother.release();

        stage.awaitGone("web");
        assertThat(ofWeb("UpdateUserPoolClient")).isEmpty();
        assertThat(ofWeb("DeleteUserPoolClient")).hasSize(1);
    }

    @Test
    void aChangedDeletionPolicyStopsTheDeletion() {
        String kept = Objects.requireNonNull(stage.status("idle").clientId());
        stage.forgetCalls();
        stage.delete("idle");
        stage.eventually().until(() -> stage.calls().contains("DescribeUserPoolClient"));
        stage.applyClient("idle", "appType: Confidential\ndeletionPolicy: Retain");
        // One watch delivers both changes in order.
        stage.applyClient("later");
        stage.awaitReady("later");

        turnOfAnother.release();

        stage.awaitGone("idle");
        assertThat(stage.calls()).doesNotContain("DeleteUserPoolClient");
        assertThat(stage.cognito()).extracting(AppClient::clientId).contains(kept);
    }

    @Test
    void aWithdrawnPermissionStopsTheUpdate() {
        stage.applyPool(POOL, "namespaces: {from: Names, names: [elsewhere]}");
        stage.awaitCondition("idle", "Ready", "False", "NamespaceNotAllowed");

        turnOfAnother.release();

        stage.awaitCondition("web", "Ready", "False", "NamespaceNotAllowed");
        assertThat(ofWeb("UpdateUserPoolClient")).isEmpty();
    }

    @Test
    void aPauseStopsTheUpdate() {
        stage.annotate("web", Annotations.PAUSED, "true");
        awaitSeen("web");

        turnOfAnother.release();

        stage.awaitCondition("web", "Ready", "False", "Paused");
        assertThat(ofWeb("UpdateUserPoolClient")).isEmpty();
    }

    @Test
    void theLossOfLeadershipStopsTheUpdate() {
        String uid = stage.client("web").getMetadata().getUid();
        int before = operator.passes().finished(uid);
        operator.gate().lose();

        turnOfAnother.release();

        stage.eventually().until(() -> operator.passes().finished(uid) > before);
        assertThat(ofWeb("UpdateUserPoolClient")).isEmpty();
    }

    /** Waits until the operator's cache has the change. */
    private void awaitSeen(String name) {
        stage.eventually().until(() -> operator.hasSeen(stage.client(name)));
    }

    private List<JournalEntry> ofWeb(String operation) {
        return stage.simulator()
                .journal()
                .entries(entry -> entry.operation().equals(operation) && id.equals(entry.clientId()));
    }
}
