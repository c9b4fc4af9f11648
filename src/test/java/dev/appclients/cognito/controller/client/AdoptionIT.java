package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.OnAdoptionStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.Fault;
import dev.appclients.cognito.simulator.JournalEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The adoption of an app client that a person created: with the pool's permission, by one object, and without a new id. */
class AdoptionIT extends OnAdoptionStage {

    @Test
    void anAdoptedClientIsUpdatedAndKeepsItsIdItsNameAndItsSecret() {
        AppClient legacy = permitted();

        stage.applyClient("web", WEB + adopt(legacy));

        UserPoolClientStatus status = stage.awaitReady("web");
        assertThat(status.clientId()).isEqualTo(legacy.clientId());
        assertThat(stage.calls())
                .containsExactly("DescribeUserPoolClient", "UpdateUserPoolClient", "ListUserPoolClientSecrets");
        assertThat(stage.inCognito("web", "CallbackURLs")).contains("https://shop.example.com/callback");
        assertThat(stage.cognito()).extracting(AppClient::name).containsExactly("legacy web");
        assertThat(stage.data("web"))
                .containsEntry("client-id", legacy.clientId())
                .containsEntry("client-secret", legacy.secrets().getFirst().value());
        stage.awaitEvents("web", "Adopted", "Updated");
    }

    @Test
    void anAdoptedClientCostsNoCallBetweenDriftChecksNotEvenAfterARestart() {
        AppClient legacy = adopted();
        stage.forgetCalls();

        stage.wake("web");
        stage.restartOperator();
        stage.wake("web");

        assertThat(stage.calls()).isEmpty();
    }

    @Test
    void anAdoptedClientGetsExactlyTheNameInTheManifest() {
        AppClient legacy = permitted();

        stage.applyClient("web", WEB + "clientName: Web shop\n" + adopt(legacy));

        stage.awaitReady("web");
        assertThat(stage.cognito()).extracting(AppClient::name).containsExactly("Web shop");
    }

    @Test
    void withoutAnEntryInThePoolNoCallIsMadeAndTheMessageQuotesTheMissingEntry() {
        AppClient legacy = handMade();

        stage.applyClient("web", WEB + adopt(legacy));
        stage.applyClient("ghost", WEB + "adopt: {clientId: 1neverwasthere}\n");

        String message = stage.awaitCondition("web", "Authorized", "False", "AdoptionNotAllowed")
                .getMessage();
        String ofAGhost = stage.awaitCondition("ghost", "Stalled", "True", "AdoptionNotAllowed")
                .getMessage();
        assertThat(message).contains(entry(legacy.clientId(), stage.namespace(), "Manage"));
        assertThat(ofAGhost).isEqualTo(message.replace(legacy.clientId(), "1neverwasthere"));
        assertThat(stage.calls()).isEmpty();

        permit(legacy, "Manage");

        stage.awaitReady("web");
    }

    @Test
    void anEntryCountsOnlyForItsClientItsNamespaceAndItsMode() {
        AppClient legacy = handMade();
        AppClient other = handMade();
        applyPool(List.of(
                entry(legacy.clientId(), stage.namespace(), "Observe"),
                entry(legacy.clientId(), elsewhere(), "Manage"),
                entry(other.clientId(), stage.namespace(), "Manage")));

        stage.applyClient("web", WEB + adopt(legacy));

        stage.awaitCondition("web", "Stalled", "True", "AdoptionNotAllowed");
        assertThat(stage.calls()).isEmpty();
    }

    @Test
    void aWithdrawnEntryFreezesTheClientAndLeavesItsSecret() {
        AppClient legacy = adopted();
        var published = stage.data("web");

        permitNothing();
        stage.applyClient("web", WEB + "accessTokenValidity: 30m\n" + adopt(legacy));

        stage.awaitCondition("web", "Authorized", "False", "AdoptionNotAllowed");
        assertThat(stage.calls()).isEmpty();
        assertThat(stage.data("web")).isEqualTo(published);

        permit(legacy, "Manage");
        stage.awaitReady("web");
        assertThat(stage.inCognito("web", "AccessTokenValidity")).isNotNull();
    }

    @Test
    void theMessageNamesAnIdThatIsNotInThePoolAndTheUserCanCorrectIt() {
        AppClient legacy = handMade();
        stage.simulator().pool("eu-west-1_Other");
        AppClient inAnotherPool = stage.simulator().createForeignClient("eu-west-1_Other", "legacy web");
        applyPool(List.of(
                entry(legacy.clientId(), stage.namespace(), "Manage"),
                entry(inAnotherPool.clientId(), stage.namespace(), "Manage"),
                entry("1neverwasthere", stage.namespace(), "Manage")));

        stage.applyClient("web", WEB + "adopt: {clientId: 1neverwasthere}");
        assertThat(stage.awaitCondition("web", "Stalled", "True", "NothingToAdopt")
                        .getMessage())
                .contains("1neverwasthere", Stage.POOL_ID, "spec.adopt.clientId");
        stage.applyClient("web", WEB + adopt(inAnotherPool));
        stage.awaitCondition("web", "Stalled", "True", "NothingToAdopt");
        assertThat(stage.status("web").clientId()).isNull();
        stage.forgetCalls();
        stage.wake("web");
        assertThat(stage.calls()).isEmpty();

        stage.applyClient("web", WEB + adopt(legacy));

        assertThat(stage.awaitReady("web").clientId()).isEqualTo(legacy.clientId());
    }

    @Test
    void aClientThatDoesNotMatchTheAppTypeIsNotChanged() {
        AppClient legacy = permitted();

        stage.applyClient("spa", "appType: Public\n" + adopt(legacy));

        assertThat(stage.awaitCondition("spa", "Stalled", "True", "AppTypeMismatch")
                        .getMessage())
                .contains(legacy.clientId(), "Confidential");
        assertThat(stage.cognito()).containsExactly(legacy);
        assertThat(stage.secret("spa")).isNull();
        assertThat(stage.calls()).containsOnly("DescribeUserPoolClient");
    }

    @Test
    void aForgedIdInTheStatusCausesNoCall() {
        AppClient legacy = handMade();
        AppClient foreign = handMade();
        stage.stopOperator();
        stage.applyClient("web", WEB + adopt(legacy));
        stage.forgeStatus("web", status -> {
            status.put("clientId", foreign.clientId());
            status.put("appliedSettings", "forged");
        });
        stage.startOperator();
        permit(legacy, "Manage");

        assertThat(stage.awaitReady("web").clientId()).isEqualTo(legacy.clientId());
        assertThat(stage.simulator().journal().entries())
                .extracting(JournalEntry::clientId)
                .doesNotContain(foreign.clientId());
    }

    @Test
    void aStatusWithAnotherIdIsIgnored() {
        AppClient legacy = adopted();
        stage.stopOperator();
        stage.changeInCognito("web", Map.of("AuthSessionValidity", 9));
        stage.forgeStatus("web", status -> status.put("clientId", "1neverwasthere"));
        Fault denied = stage.simulator()
                .faults()
                .on("DescribeUserPoolClient")
                .always()
                .failBeforeCommit("AccessDeniedException", 400, "not authorized");

        stage.startOperator();

        stage.awaitCondition("web", "Ready", "False", "AccessDenied");
        // A second request removes the fields of another field manager.
        // The reconciliation after that one reads the right id from the Secret.
        stage.eventually()
                .until(() -> !"1neverwasthere".equals(stage.status("web").clientId()));
        denied.remove();
        stage.wake("web");
        assertThat(stage.awaitReady("web").clientId()).isEqualTo(legacy.clientId());
        assertThat(stage.inCognito("web", "AuthSessionValidity")).isEqualTo("3");
    }

    @Test
    void anAdoptedClientThatIsDeletedIsNeverReplaced() {
        AppClient legacy = adopted();
        stage.simulator().deleteClient(Stage.POOL_ID, legacy.clientId());
        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "now");
        assertThat(stage.awaitCondition("web", "Stalled", "True", "ClientLost").getMessage())
                .contains("without spec.adopt")
                .doesNotContain(Annotations.RECREATE);

        stage.annotate("web", Annotations.RECREATE, legacy.clientId());
        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "again");

        stage.eventually().until(() -> "again".equals(stage.status("web").lastHandledReconcileAt()));
        stage.awaitCondition("web", "Stalled", "True", "ClientLost");
        assertThat(stage.cognito()).isEmpty();
    }

    @Test
    void anObjectRestoredWithItsSecretRecoversByAdoptingItsFormerClient() {
        String keepAll = WEB + "deletionPolicy: Retain\nsecret: {onDelete: Retain}\n";
        stage.applyClient("web", keepAll);
        String id = stage.awaitReady("web").clientId();
        var published = stage.data("web");
        stage.delete("web");
        stage.awaitGone("web");
        AppClient former = stage.cognito().getFirst();
        applyPool(List.of(
                entry(former.clientId(), stage.namespace(), "Manage"),
                entry(handMade().clientId(), stage.namespace(), "Manage")));

        stage.applyClient("web", keepAll);
        assertThat(stage.awaitCondition("web", "Stalled", "True", "RestoredObject")
                        .getMessage())
                .contains("spec.adopt: {clientId: " + id + "}");
        stage.applyClient("web", keepAll + adopt(former));

        assertThat(stage.awaitReady("web").clientId()).isEqualTo(id);
        assertThat(stage.data("web")).isEqualTo(published);
        assertThat(stage.cognito()).contains(former);
        stage.editSecret("web", secret -> secret.getData().put("client-secret", "Zm9yZ2Vk"));
        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).isEqualTo(published));
    }

    @Test
    void theSecretOfAFormerObjectIsNotReusedForAnotherClient() {
        stage.applyClient("web", WEB + "deletionPolicy: Retain\nsecret: {onDelete: Retain}\n");
        stage.awaitReady("web");
        stage.delete("web");
        stage.awaitGone("web");
        var former = stage.secret("web");
        AppClient legacy = permitted();

        stage.applyClient("web", WEB + adopt(legacy));

        stage.awaitCondition("web", "SecretSynced", "False", "RestoredObject");
        assertThat(stage.secret("web")).isEqualTo(former);
    }

    /** Creates a client in Cognito that the pool permits to adopt. */
    private AppClient permitted() {
        AppClient legacy = handMade();
        permit(legacy, "Manage");
        return legacy;
    }

    /** Creates a client in Cognito, and adopts it with object {@code web}. */
    private AppClient adopted() {
        AppClient legacy = permitted();
        stage.applyClient("web", WEB + adopt(legacy));
        stage.awaitReady("web");
        return legacy;
    }
}
