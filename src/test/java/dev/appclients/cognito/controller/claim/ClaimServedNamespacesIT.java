package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator with a list of namespaces judges and writes only there. */
class ClaimServedNamespacesIT extends OnClaimStage {

    private RunningOperator operator;

    @BeforeEach
    void serveTwoNamespaces() {
        stage.stopOperator();
        operator = start();
        applyWeb("sharing: {namespaces: {from: All}}");
        stage.awaitReady("web");
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private RunningOperator start() {
        return RunningOperator.start(
                stage.simulator().endpoint(),
                RunningOperator.SetUp.of(Stage.SETTINGS).withNamespaces(Set.of(stage.namespace(), team)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClaimInANamespaceThatIsNotServedStaysUntouched(boolean operatorIsDown) {
        String elsewhere = namespace("elsewhere-", Map.of());
        if (operatorIsDown) {
            operator.close();
        }
        claim(elsewhere, "web");
        claim(team, "web");
        if (operatorIsDown) {
            operator = start();
        }
        awaitClaim(team, "web", "True", "Synced");

        assertThat(secretIn(elsewhere, "web")).isNull();
        var status = claimStatus(elsewhere, "web");
        assertThat(Objects.requireNonNull(status).conditions()).isNull();
    }

    @Test
    void aClientInANamespaceThatIsNotServedIsNotAvailable() {
        String elsewhere = namespace("elsewhere-", Map.of());
        UserPoolClient client = Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: api, namespace: %s}
                spec: {userPoolRef: {name: customers}, appType: Public, sharing: {namespaces: {from: All}}}
                """.formatted(elsewhere), UserPoolClient.class);
        stage.admin().resource(client).fieldManager("user").forceConflicts().serverSideApply();

        claimOn(elsewhere, "api", team, "api", "");

        awaitClaim(team, "api", "False", "NotAvailable");
    }
}
