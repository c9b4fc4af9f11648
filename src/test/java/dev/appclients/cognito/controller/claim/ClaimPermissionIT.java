package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.Binding;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaimStatus;
import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.status.ClaimStatus;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy exists only while client and pool permit it, and a client that is not in order changes no copy. */
class ClaimPermissionIT extends OnClaimStage {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyDenialReadsTheSame(boolean operatorIsDown) {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        stage.applyClient("others", WEB + "sharing: {namespaces: {from: Names, names: [elsewhere]}}\n");
        stage.awaitReady("others");
        applyPoolSharing("sharing: {namespaces: {from: Names, names: [elsewhere]}}");
        stage.applyClient("offered", WEB + "sharing: {namespaces: {from: All}}\n");
        stage.awaitReady("offered");

        meanwhile(operatorIsDown, () -> {
            claimOn(stage.namespace(), "absent", team, "absent", "");
            claimOn("no-such-namespace", "web", team, "nowhere", "");
            claim(team, "web");
            claimOn(stage.namespace(), "others", team, "others", "");
            claimOn(stage.namespace(), "offered", team, "offered", "");
            // The operator reports no invalid shape and no taken name to a claim that is not permitted.
            claimOn(stage.namespace(), "offered", team, "invalid", "preset: None, template: {issuer: $(issuer)}");
        });

        for (String name : List.of("absent", "nowhere", "web", "others", "offered", "invalid")) {
            assertThat(awaitClaim(team, name, "False", "NotAvailable").getMessage())
                    .as(name)
                    .isEqualTo(ClaimStatus.NOT_AVAILABLE);
            assertThat(isStalled(team, name)).isFalse();
            assertThat(secretIn(team, name)).isNull();
            assertThat(claimEvents(team, name)).isEmpty();
        }
    }

    @Test
    void aClientThatAppearsWithoutAnOfferCausesNoWriteOnTheClaim() {
        claim(team, "web");
        awaitClaim(team, "web", "False", "NotAvailable");
        String before = claimIn(team, "web").require().getMetadata().getResourceVersion();

        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        stage.wake("web");

        assertThat(claimIn(team, "web").require().getMetadata().getResourceVersion())
                .isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClaimThatIsThereBeforeItsClientIsServedWithIt(boolean operatorIsDown) {
        claim(team, "web");
        awaitClaim(team, "web", "False", "NotAvailable");

        meanwhile(operatorIsDown, () -> applyWeb("sharing: {namespaces: {from: All}}"));

        awaitClaim(team, "web", "True", "Synced");
        awaitCopy(team, "web");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWithdrawnOfferDeletesTheCopyAndItsReturnWritesItAgain(boolean operatorIsDown) {
        served();

        meanwhile(operatorIsDown, () -> applyWeb("sharing: {namespaces: {from: Names, names: [elsewhere]}}"));
        assertWithdrawn();
        meanwhile(operatorIsDown, () -> applyWeb("sharing: {namespaces: {from: All}}"));

        awaitClaim(team, "web", "True", "Synced");
        awaitCopy(team, "web");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWithdrawnCeilingDeletesTheCopyAndItsReturnWritesItAgain(boolean operatorIsDown) {
        served();

        meanwhile(operatorIsDown, () -> applyPoolSharing("sharing: {namespaces: {from: Names, names: [elsewhere]}}"));
        assertWithdrawn();
        meanwhile(operatorIsDown, () -> applyPoolSharing("sharing: {namespaces: {from: All}}"));

        awaitClaim(team, "web", "True", "Synced");
        awaitCopy(team, "web");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNamespaceThatLosesItsLabelLosesTheCopyAndGetsItBack(boolean operatorIsDown) {
        applyWeb("sharing: {namespaces: {from: Selector, selector: {matchLabels: {oidc: 'yes'}}}}");
        stage.awaitReady("web");
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");

        meanwhile(operatorIsDown, () -> label(team, "oidc", null));
        assertWithdrawn();
        meanwhile(operatorIsDown, () -> label(team, "oidc", "yes"));

        awaitClaim(team, "web", "True", "Synced");
        awaitCopy(team, "web");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeletedClientTakesTheCopyAlongWhateverItsOnDeleteSays(boolean operatorIsDown) {
        applyWeb("sharing: {namespaces: {from: All}}\nsecret: {onDelete: Retain}");
        stage.awaitReady("web");
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");

        meanwhile(operatorIsDown, () -> stage.delete("web"));

        stage.awaitGone("web");
        assertWithdrawn();
        assertThat(stage.secret("web")).as("the client's own Secret").isNotNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPausedClientKeepsItsCopyAndRestoresItOnlyAfterwards(boolean operatorIsDown) {
        served();

        meanwhile(operatorIsDown, () -> stage.annotate("web", Annotations.PAUSED, "true"));
        awaitClaim(team, "web", "True", "Held");
        meanwhile(operatorIsDown, () -> editSecretIn(team, "web", ClaimPermissionIT::forge));
        claim(team, "new", "name: new");
        awaitClaim(team, "new", "False", "SourceNotReady");
        assertThat(dataIn(team, "web")).containsEntry("client-secret", "forged");
        assertThat(secretIn(team, "new")).isNull();
        meanwhile(operatorIsDown, () -> stage.removeAnnotation("web", Annotations.PAUSED));

        awaitClaim(team, "web", "True", "Synced");
        awaitClaim(team, "new", "True", "Synced");
        awaitCopy(team, "web");
        awaitCopy(team, "new");
    }

    @Test
    void aStatusThatAnotherWriterRemovedNamesTheCopyAgainWhileItIsHeld() {
        served();
        List<String> keys = Objects.requireNonNull(
                        Objects.requireNonNull(claimStatus(team, "web")).secret())
                .keys();
        stage.annotate("web", Annotations.PAUSED, "true");
        awaitClaim(team, "web", "True", "Held");

        claimIn(team, "web")
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\":\"remove\",\"path\":\"/status/secret\"},"
                                + "{\"op\":\"remove\",\"path\":\"/status/binding\"},"
                                + "{\"op\":\"remove\",\"path\":\"/status/conditions\"}]");

        stage.eventually().untilAsserted(() -> {
            ClientSecretClaimStatus status = Objects.requireNonNull(claimStatus(team, "web"));
            assertThat(status.binding()).isEqualTo(new Binding("web"));
            assertThat(Objects.requireNonNull(status.secret()).keys()).isEqualTo(keys);
        });
        awaitClaim(team, "web", "True", "Held");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClientThatCannotBeDeletedInCognitoKeepsItsCopyAndAWithdrawnOfferStillDeletesIt(boolean operatorIsDown) {
        served();
        stage.simulator().access().deny("*", "cognito-idp:DeleteUserPoolClient", "*");

        meanwhile(operatorIsDown, () -> stage.delete("web"));
        awaitHeld();
        meanwhile(operatorIsDown, () -> applyWeb("sharing: {namespaces: {from: Names, names: [elsewhere]}}"));

        assertWithdrawn();
    }

    /** A deleted app client in Cognito, and each other fault that a person must correct, stalls the client. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLostClientKeepsItsCopyAndAWithdrawnOfferStillDeletesIt(boolean operatorIsDown) {
        served();
        stage.simulator()
                .deleteClient(
                        Stage.POOL_ID,
                        Objects.requireNonNull(stage.status("web").clientId()));

        meanwhile(operatorIsDown, () -> applyWeb("sharing: {namespaces: {from: All}}\nauthSessionValidity: 5m"));
        stage.awaitCondition("web", "Stalled", "True", "ClientLost");
        awaitHeld();
        meanwhile(operatorIsDown, () -> applyWeb("sharing: {namespaces: {from: Names, names: [elsewhere]}}"));

        assertWithdrawn();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFrozenClientKeepsItsCopyAndAWithdrawnOfferStillDeletesIt(boolean operatorIsDown) {
        served();

        meanwhile(operatorIsDown, () -> stage.applyPool(Stage.POOL, """
                        namespaces: {from: Names, names: [elsewhere]}
                        sharing: {namespaces: {from: All}}
                        """));
        awaitClaim(team, "web", "True", "Held");
        awaitCopy(team, "web");
        meanwhile(operatorIsDown, () -> applyWeb("sharing: {namespaces: {from: Names, names: [elsewhere]}}"));

        assertWithdrawn();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPoolThatIsBeingDeletedKeepsTheCopies(boolean operatorIsDown) {
        served();

        meanwhile(operatorIsDown, () -> stage.admin().resource(stage.pool()).delete());

        awaitHeld();
    }

    /** A missing pool denies nothing: its ceiling is not known. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMissingPoolKeepsTheCopiesUntilItIsCreatedAgain(boolean operatorIsDown) {
        served();

        meanwhile(operatorIsDown, () -> stage.removePoolByForce(Stage.POOL));
        stage.awaitCondition("web", "Ready", "False", "PoolMissing");
        awaitHeld();
        meanwhile(operatorIsDown, () -> applyPoolSharing("sharing: {namespaces: {from: All}}"));

        awaitClaim(team, "web", "True", "Synced");
        awaitClaim(team, "new", "True", "Synced");
        awaitCopy(team, "web");
    }

    /** A pool that is deleted and created again is younger than a pool that was its duplicate before. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPoolThatBecomesADuplicateKeepsTheCopiesOfItsClients(boolean operatorIsDown) {
        served();
        String sharing = "sharing: {namespaces: {from: All}}";

        meanwhile(operatorIsDown, () -> {
            stage.applyPool("twin", ALL + "\n" + sharing);
            awaitLaterSecondThan(stage.pool("twin"));
            stage.removePoolByForce(Stage.POOL);
            applyPoolSharing(sharing);
        });
        stage.awaitCondition("web", "Ready", "False", "DuplicatePool");
        awaitHeld();
        meanwhile(operatorIsDown, () -> stage.removePoolByForce("twin"));

        awaitClaim(team, "web", "True", "Synced");
        awaitClaim(team, "new", "True", "Synced");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPausedClaimKeepsItsCopyAndLosesItWithThePermission(boolean operatorIsDown) {
        served();

        meanwhile(operatorIsDown, () -> {
            annotateClaim(team, "web", Annotations.PAUSED, "true");
            editSecretIn(team, "web", ClaimPermissionIT::forge);
        });
        awaitClaim(team, "web", "False", "Paused");
        assertThat(isStalled(team, "web")).isFalse();
        meanwhile(operatorIsDown, () -> applyWeb("sharing: {namespaces: {from: Names, names: [elsewhere]}}"));

        assertWithdrawn();
    }

    @Test
    void aClaimThatIsNoLongerPausedRestoresItsCopy() {
        served();
        annotateClaim(team, "web", Annotations.PAUSED, "true");
        awaitClaim(team, "web", "False", "Paused");
        editSecretIn(team, "web", ClaimPermissionIT::forge);

        annotateClaim(team, "web", Annotations.PAUSED, null);

        awaitClaim(team, "web", "True", "Synced");
        awaitCopy(team, "web");
    }

    @Test
    void aForgedStatusRemovesNothingAndWidensNothing() {
        served();
        applyPoolSharing("sharing: {namespaces: {from: Names, names: [elsewhere]}}");
        assertWithdrawn();

        var claims = stage.admin()
                .genericKubernetesResources("cognito.appclients.dev/v1beta1", "ClientSecretClaim")
                .inNamespace(team)
                .withName("web");
        var object = claims.require();
        object.setAdditionalProperty(
                "status",
                Map.of(
                        "observedGeneration",
                        1,
                        "secret",
                        Map.of("name", "stranger"),
                        "source",
                        Map.of("namespace", stage.namespace(), "namespaceUID", "forged")));
        foreignSecret(team, "stranger");
        claims.patchStatus(object);

        awaitClaim(team, "web", "False", "NotAvailable");
        assertThat(secretIn(team, "stranger")).isNotNull();
        applyPoolSharing("sharing: {namespaces: {from: All}}");
        awaitClaim(team, "web", "False", "SourceReplaced");
        assertThat(secretIn(team, "web")).isNull();
    }

    /** A claim without its status, as a restored backup has it, still loses the copy that its label finds. */
    @Test
    void aWithdrawnOfferDeletesTheCopyOfAClaimWithoutAStatus() {
        served();
        stage.stopOperator();
        claimIn(team, "web")
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON), "[{\"op\":\"remove\",\"path\":\"/status\"}]");
        applyWeb("sharing: {namespaces: {from: Names, names: [elsewhere]}}");

        stage.startOperator();

        assertWithdrawn();
    }

    /** The copy stays as it is, a changed copy is not restored, and a new claim gets no copy. */
    private void awaitHeld() {
        awaitClaim(team, "web", "True", "Held");
        awaitCopy(team, "web");
        editSecretIn(team, "web", ClaimPermissionIT::forge);
        claim(team, "new", "name: new");
        awaitClaim(team, "new", "False", "SourceNotReady");
        requestPass(team, "web");
        assertThat(dataIn(team, "web")).containsEntry("client-secret", "forged");
        assertThat(secretIn(team, "new")).isNull();
    }

    private void served() {
        offerTo(team);
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
    }

    private void assertWithdrawn() {
        assertThat(awaitClaim(team, "web", "False", "NotAvailable").getMessage())
                .isEqualTo(ClaimStatus.WITHDRAWN);
        awaitNoSecret(team, "web");
        assertThat(Objects.requireNonNull(claimStatus(team, "web")).binding()).isNull();
    }

    private static void forge(Secret secret) {
        secret.getData().put("client-secret", "Zm9yZ2Vk");
    }
}
