package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy that the API server refuses is reported by its claim alone, and written when the cause is gone. */
class CopyRefusedIT extends OnClaimStage {

    private static final int LIMIT_OF_SECRETS = 1024 * 1024;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAdmissionPolicyThatRefusesTheSecretIsReportedInTheClaimOnly(boolean operatorIsDown) {
        offerTo(team);
        claim(team, "served");
        awaitClaim(team, "served", "True", "Synced");
        List<SecretsRefused> policies = new ArrayList<>();

        meanwhile(operatorIsDown, () -> {
            policies.add(new SecretsRefused(stage, team));
            claim(team, "web");
        });

        assertThat(awaitClaim(team, "web", "False", "SecretRefused").getMessage())
                .contains(SecretsRefused.MESSAGE, "retries within five minutes");
        assertThat(isStalled(team, "web")).isTrue();
        assertThat(secretIn(team, "web")).isNull();
        awaitClaim(team, "served", "True", "Synced");
        stage.awaitReady("web");
        meanwhile(operatorIsDown, policies.getFirst()::close);
        annotateClaim(team, "web", Annotations.RECONCILE_REQUESTED_AT, "now");
        awaitClaim(team, "web", "True", "Synced");
        awaitCopy(team, "web");
    }

    /** The entries of others stay with each write, so they can fill the copy up to the limit of Kubernetes. */
    @Test
    void aCopyThatAnotherWriterFilledIsReportedUntilItHasRoom() {
        offerTo(team);
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
        int used =
                dataIn(team, "web").values().stream().mapToInt(String::length).sum();
        editSecretIn(
                team, "web", secret -> secret.getData().put("others", "AAAA".repeat((LIMIT_OF_SECRETS - used) / 3)));

        stage.applyClient(
                "web",
                WEB.replace("[openid]", "[openid, profile]") + "sharing: {namespaces: {from: Names, names: [" + team
                        + "]}}\n");

        assertThat(awaitClaim(team, "web", "False", "SecretRefused").getMessage())
                .contains("Secret 'web'", "may not be more than 1048576 bytes");
        stage.awaitReady("web");
        editSecretIn(team, "web", secret -> secret.getData().put("others", "AAAA"));
        awaitClaim(team, "web", "True", "Synced");
        assertThat(dataIn(team, "web"))
                .containsEntry("scopes", "openid profile")
                .containsKey("others");
    }
}
