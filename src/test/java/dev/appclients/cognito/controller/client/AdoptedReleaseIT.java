package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnAdoptionStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The deletion of an object that adopts. The app client is deleted only if manifest and pool allow it and no other object owns it. */
class AdoptedReleaseIT extends OnAdoptionStage {

    private static final String DELETE = WEB + "deletionPolicy: Delete\n";
    private static final String RETAIN = WEB + "deletionPolicy: Retain\n";

    @Test
    void anAdoptedClientStaysUnlessTheManifestSaysDelete() {
        AppClient kept = handMade();
        AppClient deleted = handMade();
        applyPool(List.of(
                entry(kept.clientId(), stage.namespace(), "Manage"),
                entry(deleted.clientId(), stage.namespace(), "Manage")));
        stage.applyClient("kept", WEB + adopt(kept));
        stage.applyClient("deleted", WEB + "deletionPolicy: Delete\n" + adopt(deleted));
        stage.awaitReady("kept");
        stage.awaitReady("deleted");

        stage.delete("kept");
        stage.delete("deleted");

        stage.awaitGone("kept");
        stage.awaitGone("deleted");
        assertThat(stage.cognito()).extracting(AppClient::clientId).containsExactly(kept.clientId());
    }

    @Test
    void anAdoptedClientIsNotDeletedWithoutAnEntryInThePool() {
        AppClient legacy = handMade();
        permit(legacy, "Manage");
        stage.applyClient("web", WEB + "deletionPolicy: Delete\n" + adopt(legacy));
        stage.awaitReady("web");
        permitNothing();
        stage.awaitCondition("web", "Stalled", "True", "AdoptionNotAllowed");

        stage.delete("web");

        awaitDeletionRefused("web", "AdoptionNotAllowed");
        assertThat(stage.calls()).isEmpty();
        stage.applyClient("web", WEB + "deletionPolicy: Retain\n" + adopt(legacy));
        stage.awaitGone("web");
        assertThat(stage.cognito()).hasSize(1);
    }

    @Test
    void anObjectThatNeverAdoptedTheClientIsDeletedWithoutACall() {
        AppClient legacy = handMade();
        stage.applyClient("web", WEB + "deletionPolicy: Delete\n" + adopt(legacy));
        stage.awaitCondition("web", "Stalled", "True", "AdoptionNotAllowed");

        stage.delete("web");

        stage.awaitGone("web");
        assertThat(stage.calls()).isEmpty();
        assertThat(stage.cognito()).containsExactly(legacy);
    }

    @Test
    void anEntryWithdrawnWhileTheDeletionWaitsStopsTheDeletion() throws Exception {
        AppClient legacy = handMade();
        AppClient idle = handMade();
        applyPool(List.of(
                entry(legacy.clientId(), stage.namespace(), "Manage"),
                entry(idle.clientId(), stage.namespace(), "Manage")));
        stage.applyClient("web", DELETE + adopt(legacy));
        stage.applyClient("idle", WEB + adopt(idle));
        stage.applyClient("another", WEB);
        List.of("web", "idle", "another").forEach(stage::awaitReady);
        Fault turnOfAnother = stage.simulator()
                .faults()
                .on("UpdateUserPoolClient")
                .client(Objects.requireNonNull(stage.status("another").clientId()))
                .pause();
        stage.applyClient("another", WEB + "accessTokenValidity: 30m\n");
        turnOfAnother.awaitHit(Duration.ofSeconds(30));
        stage.forgetCalls();
        stage.delete("web");
        stage.eventually().until(() -> stage.calls().contains("DescribeUserPoolClient"));

        stage.applyPool(Stage.POOL, "namespaces: {from: All}");
        stage.awaitCondition("idle", "Stalled", "True", "AdoptionNotAllowed");
        turnOfAnother.release();

        awaitDeletionRefused("web", "AdoptionNotAllowed");
        assertThat(stage.calls()).doesNotContain("DeleteUserPoolClient");
        assertThat(stage.cognito()).extracting(AppClient::clientId).contains(legacy.clientId());
    }

    @Test
    void theDeletionOfALaterObjectDoesNotDeleteTheClientOfTheFirst() {
        AppClient legacy = handMade();
        permitTo(elsewhere(), legacy, "Manage");
        stage.applyClient("older", WEB + adopt(legacy));
        stage.awaitCondition("older", "Stalled", "True", "AdoptionNotAllowed");
        letASecondPass("older");
        applyElsewhere("younger", DELETE + adopt(legacy));
        awaitElsewhere("younger", "Synced");
        permitTo(stage.namespace() + ", " + elsewhere(), legacy, "Manage");
        stage.awaitReady("older");
        awaitElsewhere("younger", "AlreadyOwned");

        elsewhere("younger").delete();

        stage.eventually()
                .until(() -> elsewhere("younger").require().getStatus().conditions().stream()
                        .anyMatch(condition -> condition.getMessage().contains("deletionPolicy: Retain")));
        assertThat(stage.calls()).doesNotContain("DeleteUserPoolClient");
        applyElsewhere("younger", RETAIN + adopt(legacy));
        stage.eventually().until(() -> elsewhere("younger").get() == null);
        assertThat(stage.cognito()).extracting(AppClient::clientId).containsExactly(legacy.clientId());
    }

    @Test
    void aForgedStatusDoesNotDeleteTheClientOfALivingObject() {
        stage.applyClient("creator", WEB);
        stage.awaitReady("creator");
        AppClient created = stage.cognito().getFirst();
        permit(created, "Manage");
        stage.applyClient("claims", DELETE + adopt(created));
        stage.awaitCondition("claims", "Stalled", "True", "AlreadyOwned");
        stage.stopOperator();
        stage.forgeStatus("claims", status -> status.put("clientId", created.clientId()));
        stage.delete("claims");

        stage.startOperator();

        awaitDeletionRefused("claims", "AlreadyOwned");
        assertThat(stage.cognito()).containsExactly(created);
        stage.applyClient("claims", RETAIN + adopt(created));
        stage.awaitGone("claims");
        assertThat(stage.cognito()).containsExactly(created);
    }

    private void awaitDeletionRefused(String name, String reason) {
        stage.eventually()
                .untilAsserted(() -> assertThat(stage.condition(name, "Stalled"))
                        .hasValueSatisfying(stalled -> {
                            assertThat(stalled.getReason()).isEqualTo(reason);
                            assertThat(stalled.getMessage())
                                    .contains(". Or set spec.deletionPolicy: Retain")
                                    .doesNotContain("..");
                        }));
    }
}
