package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy holds the values of the client that its claim names, or it does not exist. */
class CopyOfAnotherClientIT extends OnClaimStage {

    @BeforeEach
    void serve() {
        offerTo(team);
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClaimThatNamesAClientWithoutASecretLosesTheCopyOfTheFormerClient(boolean operatorIsDown) {
        refuseCreates();
        stage.applyClient("other", WEB + "sharing: {namespaces: {from: All}}\n");
        stage.awaitCondition("other", "Ready", "False", "AccessDenied");

        meanwhile(operatorIsDown, () -> claimOn(stage.namespace(), "other", team, "web", ""));

        assertNoCopy("SourceNotReady");
        meanwhile(operatorIsDown, () -> claim(team, "web"));
        awaitClaim(team, "web", "True", "Synced");
        awaitCopy(team, "web");
    }

    /** Without the operator, only a person can remove the finalizer of the former client. */
    @Test
    void aClientThatHasTheNameOfADeletedOneDoesNotKeepItsCopy() {
        stage.stopOperator();
        refuseCreates();
        stage.delete("web");
        stage.edit("web", client -> {
            client.getMetadata().setFinalizers(List.of());
            return client;
        });
        stage.awaitGone("web");
        stage.admin().secrets().inNamespace(stage.namespace()).withName("web").delete();
        applyWeb("sharing: {namespaces: {from: All}}");
        stage.startOperator();

        assertNoCopy("SourceNotReady");
        stage.simulator().access().withoutPolicies();
        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.awaitReady("web");
        awaitClaim(team, "web", "True", "Synced");
        awaitCopy(team, "web");
    }

    @Test
    void aPausedClaimLosesTheCopyOfTheFormerClientToo() {
        stage.applyClient("other", WEB + "sharing: {namespaces: {from: All}}\n");
        stage.awaitReady("other");
        annotateClaim(team, "web", Annotations.PAUSED, "true");
        awaitClaim(team, "web", "False", "Paused");

        claimOn(stage.namespace(), "other", team, "web", "");

        assertNoCopy("Paused");
        annotateClaim(team, "web", Annotations.PAUSED, null);
        awaitClaim(team, "web", "True", "Synced");
    }

    @Test
    void aCopyThatThePoolOfTheNamedClientDoesNotPermitIsNotThatOfTheFormerClient() {
        stage.simulator().pool("eu-west-1_Strict");
        stage.applyPool("strict", """
                userPoolId: eu-west-1_Strict
                tenancy: Restricted
                allow: {appTypes: [Public], callbackURLs: ["https://shop.example.com/*"], readAttributes: [email], writeAttributes: [email]}
                namespaces: {from: All}
                sharing: {namespaces: {from: All}}
                """);
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: strict}
                spec:
                  userPoolRef: {name: strict}
                  appType: Public
                  sharing: {namespaces: {from: All}}
                """);
        stage.awaitReady("strict");
        claim(team, "web", "name: web, metadata: {labels: {example.com/team: c}}");
        awaitClaim(team, "web", "True", "Synced");

        claimOn(stage.namespace(), "strict", team, "web", "name: web, metadata: {labels: {example.com/team: c}}");

        assertNoCopy("SettingNotAllowed");
    }

    /** A Secret that is gone and that the operator may not restore is nothing to bind to. */
    @Test
    void aRefusedClaimWhoseCopyIsDeletedBindsToNothing() {
        claim(team, "web", "preset: None, template: {issuer: $(issuer)}");
        awaitClaim(team, "web", "False", "InvalidSecret");
        assertThat(Objects.requireNonNull(claimStatus(team, "web")).binding()).isNotNull();

        stage.admin().secrets().inNamespace(team).withName("web").delete();

        assertNoCopy("InvalidSecret");
    }

    private void refuseCreates() {
        stage.simulator().access().deny("*", "cognito-idp:CreateUserPoolClient", "*");
    }

    private void assertNoCopy(String reason) {
        awaitNoSecret(team, "web");
        stage.eventually().untilAsserted(() -> {
            assertThat(ready(team, "web").getReason()).isEqualTo(reason);
            assertThat(ready(team, "web").getStatus()).isEqualTo("False");
            assertThat(Objects.requireNonNull(claimStatus(team, "web")).binding())
                    .isNull();
        });
    }
}
