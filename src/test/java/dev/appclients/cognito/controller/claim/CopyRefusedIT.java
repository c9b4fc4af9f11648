package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy that the API server refuses is reported by its claim alone, and written when the cause is gone. */
class CopyRefusedIT extends OnClaimStage {

    private static final int LIMIT_OF_SECRETS = 1024 * 1024;

    private ValidatingWebhookConfiguration webhook;

    @AfterEach
    void removeTheWebhook() {
        if (webhook != null) {
            stage.admin().resource(webhook).delete();
        }
    }

    /** The webhook refuses connections, so the API server refuses each Secret of the namespace. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWebhookThatRefusesTheSecretIsReportedInTheClaimOnly(boolean operatorIsDown) {
        offerTo(team);
        claim(team, "served");
        awaitClaim(team, "served", "True", "Synced");

        meanwhile(operatorIsDown, () -> {
            refuseSecrets();
            claim(team, "web");
        });

        assertThat(awaitClaim(team, "web", "False", "SecretRefused").getMessage())
                .contains("refused.example.com", "retries within five minutes");
        assertThat(isStalled(team, "web")).isTrue();
        assertThat(secretIn(team, "web")).isNull();
        awaitClaim(team, "served", "True", "Synced");
        stage.awaitReady("web");
        meanwhile(operatorIsDown, this::permitSecrets);
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

    private void refuseSecrets() {
        webhook = Serialization.unmarshal("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: refused-%1$s}
                webhooks:
                - name: refused.example.com
                  clientConfig: {url: "https://127.0.0.1:1/"}
                  rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [secrets]}]
                  namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
                  admissionReviewVersions: [v1]
                  sideEffects: None
                  timeoutSeconds: 1
                  failurePolicy: Fail
                """.formatted(team), ValidatingWebhookConfiguration.class);
        stage.admin().resource(webhook).create();
        stage.eventually().until(this::isRefused);
    }

    private void permitSecrets() {
        stage.admin().resource(webhook).delete();
        stage.eventually().until(() -> !isRefused());
    }

    private boolean isRefused() {
        Secret probe = new SecretBuilder()
                .withNewMetadata()
                .withName("probe")
                .withNamespace(team)
                .endMetadata()
                .build();
        try {
            stage.admin().resource(probe).dryRun().create();
            return false;
        } catch (KubernetesClientException refused) {
            return String.valueOf(refused.getMessage()).contains("failed calling webhook");
        }
    }
}
