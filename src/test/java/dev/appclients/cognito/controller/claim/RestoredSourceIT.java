package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.simulator.Fault;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Another writer edits the source between its change and the pass of a claim. The restored source has the same inputs. */
class RestoredSourceIT extends OnClaimStage {

    private static final String SHARED = "sharing: {namespaces: {from: All}}\n";

    @Test
    void aSyncedCopyThatMissedAChangeGetsItFromTheRestoredSource() {
        applyWeb(SHARED);
        stage.awaitReady("web");
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
        changeSourceWithoutClaim();
        stage.editSecret("web", secret -> secret.getData().put("client-secret", "eA=="));
        Fault repair =
                stage.simulator().faults().on("DescribeUserPoolClient").always().pause();

        RunningOperator operator = stage.startOperator();
        String uid = claimIn(team, "web").require().getMetadata().getUid();
        stage.eventually().until(() -> operator.passes().finished(uid) > 0);
        awaitClaim(team, "web", "True", "Synced");
        assertThat(dataIn(team, "web")).as("while there is no source").containsEntry("scopes", "openid");
        repair.release();

        stage.eventually()
                .untilAsserted(() -> assertThat(dataIn(team, "web")).containsEntry("scopes", "openid profile"));
    }

    /** Changes the Secret of the client by an operator that does not serve the namespace of the claim. */
    private void changeSourceWithoutClaim() {
        stage.stopOperator();
        RunningOperator ofSource = RunningOperator.start(
                stage.simulator().endpoint(),
                RunningOperator.SetUp.of(Stage.SETTINGS).withNamespaces(Set.of(stage.namespace())));
        try {
            stage.applyClient("web", WEB.replace("[openid]", "[openid, profile]") + SHARED);
            stage.awaitReady("web");
        } finally {
            ofSource.close();
        }
    }
}
