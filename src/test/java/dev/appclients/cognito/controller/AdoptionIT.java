package dev.appclients.cognito.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.simulator.AppClient;
import org.junit.jupiter.api.Test;

/** A client that somebody made by hand is taken over: with the pool's permission, once, and without a new id. */
class AdoptionIT extends OnStage {

    @Test
    void anAdoptedClientBecomesEqualToTheManifestAndKeepsItsIdItsNameAndItsSecret() {
        AppClient legacy = stage.simulator().createForeignClient(Stage.POOL_ID, "legacy web");
        permit(legacy, "Manage");

        stage.applyClient("web", WEB + adopt(legacy));

        UserPoolClientStatus status = stage.awaitReady("web");
        assertThat(status.clientId()).isEqualTo(legacy.clientId());
        assertThat(stage.calls()).containsExactly("DescribeUserPoolClient", "UpdateUserPoolClient");
        assertThat(stage.inCognito("web", "CallbackURLs")).contains("https://shop.example.com/callback");
        assertThat(stage.cognito()).extracting(AppClient::name).containsExactly("legacy web");
        assertThat(stage.data("web"))
                .containsEntry("client-id", legacy.clientId())
                .containsEntry("client-secret", legacy.secrets().getFirst().value());
        stage.awaitEvents("web", "Adopted", "Updated");
    }

    @Test
    void anAdoptedClientGetsExactlyTheNameThatIsWritten() {
        AppClient legacy = stage.simulator().createForeignClient(Stage.POOL_ID, "legacy web");
        permit(legacy, "Manage");

        stage.applyClient("web", WEB + "clientName: Web shop\n" + adopt(legacy));

        stage.awaitReady("web");
        assertThat(stage.cognito()).extracting(AppClient::name).containsExactly("Web shop");
    }

    @Test
    void withoutAnEntryOfThePoolNothingIsAskedAndTheMessageSaysWhatToAskFor() {
        AppClient legacy = stage.simulator().createForeignClient(Stage.POOL_ID, "legacy web");

        stage.applyClient("web", WEB + adopt(legacy));
        stage.applyClient("ghost", WEB + "adopt: {clientId: 1neverwasthere}\n");

        String message = stage.awaitCondition("web", "Authorized", "False", "AdoptionNotAllowed")
                .getMessage();
        String ofAGhost = stage.awaitCondition("ghost", "Stalled", "True", "AdoptionNotAllowed")
                .getMessage();
        assertThat(message)
                .contains("{clientId: " + legacy.clientId() + ", namespaces: {from: Names, names: [" + stage.namespace()
                        + "]}, modes: [Manage]}");
        assertThat(ofAGhost).isEqualTo(message.replace(legacy.clientId(), "1neverwasthere"));
        assertThat(stage.calls()).isEmpty();

        permit(legacy, "Manage");

        stage.awaitReady("web");
    }

    private void permit(AppClient client, String modes) {
        stage.applyPool(Stage.POOL, "namespaces: {from: All}\n" + entry(client.clientId(), modes));
        stage.eventually()
                .until(() -> stage.pool()
                        .getMetadata()
                        .getGeneration()
                        .equals(stage.pool().getStatus().observedGeneration()));
        stage.forgetCalls();
    }

    private String entry(String clientId, String modes) {
        return "adoption: [{clientId: %s, namespaces: {from: Names, names: [%s]}, modes: [%s]}]"
                .formatted(clientId, stage.namespace(), modes);
    }

    private static String adopt(AppClient client) {
        return "adopt: {clientId: " + client.clientId() + "}\n";
    }
}
