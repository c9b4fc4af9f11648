package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaimStatus;
import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A permitted claim has exactly one copy, in the shape that the claim requests. */
class ClaimLifeIT extends OnClaimStage {

    private static final String SHOP = "web";

    @Test
    void aClaimGetsACopyInItsOwnShapeWithoutACallToCognito() {
        offerTo(team);
        stage.forgetCalls();

        claim(team, "web", "name: web-oidc, preset: Env");
        awaitClaim(team, "web", "True", "Synced");

        Map<String, String> source = stage.data(SHOP);
        assertThat(dataIn(team, "web-oidc"))
                .containsEntry("CLIENT_ID", source.get("client-id"))
                .containsEntry("CLIENT_SECRET", source.get("client-secret"))
                .containsEntry("ISSUER", source.get("issuer"));
        Secret copy = awaitSecret(team, "web-oidc");
        assertThat(copy.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> {
            assertThat(owner.getKind()).isEqualTo("ClientSecretClaim");
            assertThat(owner.getController()).isTrue();
            assertThat(owner.getBlockOwnerDeletion()).isFalse();
        });
        assertThat(copy.getMetadata().getLabels())
                .containsEntry(
                        Marks.CLIENT_UID, stage.client(SHOP).getMetadata().getUid())
                .containsEntry(
                        Marks.CLAIM_UID,
                        claimIn(team, "web").require().getMetadata().getUid());
        ClientSecretClaimStatus status = Objects.requireNonNull(claimStatus(team, "web"));
        assertThat(Objects.requireNonNull(status.binding()).name()).isEqualTo("web-oidc");
        assertThat(Objects.requireNonNull(status.secret()).keys()).contains("CLIENT_ID", "CLIENT_SECRET");
        assertThat(Objects.requireNonNull(status.source()).namespaceUID())
                .isEqualTo(stage.admin()
                        .namespaces()
                        .withName(stage.namespace())
                        .require()
                        .getMetadata()
                        .getUid());
        assertThat(claimIn(team, "web").require().getMetadata().getFinalizers()).isEmpty();
        assertThat(claimEvents(team, "web")).isEmpty();
        assertThat(stage.calls()).isEmpty();
    }

    @Test
    void aClaimInTheNamespaceOfItsClientNeedsNeitherOfferNorCeiling() {
        stage.applyPool();
        stage.applyClient("web", WEB);
        stage.awaitReady("web");

        claim(stage.namespace(), "web-env", "preset: Env");

        awaitClaim(stage.namespace(), "web-env", "True", "Synced");
        assertThat(stage.data("web-env"))
                .containsEntry("CLIENT_SECRET", stage.data("web").get("client-secret"));
    }

    @Test
    void aClaimOnAPublicClientGetsItsPublicValues() {
        stage.applyClient("web", WEB.replace("Confidential", "Public") + "sharing: {namespaces: {from: All}}\n");
        stage.awaitReady("web");

        claim(team, "web");

        awaitClaim(team, "web", "True", "Synced");
        assertThat(dataIn(team, "web")).containsKey("client-id").doesNotContainKey("client-secret");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeletedClaimTakesItsCopyAlong(boolean operatorIsDown) {
        offerTo(team);
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");

        meanwhile(operatorIsDown, () -> claimIn(team, "web").delete());

        awaitNoSecret(team, "web");
        stage.awaitReady("web");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChangedValueReachesTheCopyAndNotItsStatus(boolean operatorIsDown) {
        offerTo(team);
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
        String before = claimIn(team, "web").require().getMetadata().getResourceVersion();

        meanwhile(
                operatorIsDown,
                () -> stage.applyClient(
                        "web",
                        WEB.replace("[openid]", "[openid, profile]") + "sharing: {namespaces: {from: Names, names: ["
                                + team + "]}}\n"));

        stage.eventually()
                .untilAsserted(() -> assertThat(dataIn(team, "web")).containsEntry("scopes", "openid profile"));
        awaitCopy(team, "web");
        assertThat(claimIn(team, "web").require().getMetadata().getResourceVersion())
                .isEqualTo(before);
        assertThat(claimEvents(team, "web")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRenamedOrReshapedSecretOfTheClientChangesNoCopy(boolean operatorIsDown) {
        offerTo(team);
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
        Secret before = awaitSecret(team, "web");

        meanwhile(
                operatorIsDown,
                () -> applyWeb("sharing: {namespaces: {from: All}}\nsecret: {name: web-camel, preset: CamelCase}"));
        stage.eventually().until(() -> stage.secret("web-camel") != null && stage.secret("web") == null);
        stage.awaitReady("web");
        requestPass(team, "web");

        assertThat(awaitSecret(team, "web")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCopyWithAnotherNameAndTypeIsWrittenFirstAndTakesItsGeneratedKeysAlong(boolean operatorIsDown) {
        offerTo(team);
        String generate = "generate: [{key: cookie-secret, bytes: 32, encoding: Base64Url}]";
        claim(team, "web", "name: before, " + generate);
        awaitClaim(team, "web", "True", "Synced");
        String cookie = dataIn(team, "before").get("cookie-secret");
        assertThat(cookie).isNotNull();

        meanwhile(
                operatorIsDown,
                () -> claim(team, "web", "name: after, preset: CamelCase, type: example.com/oidc, " + generate));

        awaitNoSecret(team, "before");
        assertThat(awaitSecret(team, "after").getType()).isEqualTo("example.com/oidc");
        assertThat(dataIn(team, "after"))
                .containsEntry("cookie-secret", cookie)
                .containsEntry("clientSecret", stage.data("web").get("client-secret"));
        awaitClaim(team, "web", "True", "Synced");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChangedClientRewritesTheCopyInPlace(boolean operatorIsDown) {
        offerTo(team);
        stage.applyClient("other", WEB + "sharing: {namespaces: {from: All}}\n");
        stage.awaitReady("other");
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
        String uid = awaitSecret(team, "web").getMetadata().getUid();

        meanwhile(operatorIsDown, () -> claimOn(stage.namespace(), "other", team, "web", ""));

        stage.eventually()
                .untilAsserted(() -> assertThat(dataIn(team, "web"))
                        .containsEntry("client-secret", stage.data("other").get("client-secret")));
        assertThat(awaitSecret(team, "web").getMetadata().getUid()).isEqualTo(uid);
        awaitClaim(team, "web", "True", "Synced");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChangedClientInAnotherNamespaceIsAnotherSource(boolean operatorIsDown) {
        offerTo(team);
        String platform = namespace("platform-", Map.of());
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");

        meanwhile(operatorIsDown, () -> claimOn(platform, "absent", team, "web", ""));
        awaitNoSecret(team, "web");
        meanwhile(operatorIsDown, () -> claim(team, "web"));

        awaitClaim(team, "web", "True", "Synced");
        awaitCopy(team, "web");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeletedCopyIsRestoredAndAnEventReportsIt(boolean operatorIsDown) {
        offerTo(team);
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");

        meanwhile(
                operatorIsDown,
                () -> stage.admin().secrets().inNamespace(team).withName("web").delete());

        awaitCopy(team, "web");
        stage.eventually()
                .untilAsserted(() -> assertThat(claimEvents(team, "web")).containsExactly("SecretRestored"));
        awaitClaim(team, "web", "True", "Synced");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEditedCopyIsRestoredAndKeysOfOthersStay(boolean operatorIsDown) {
        offerTo(team);
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");

        meanwhile(
                operatorIsDown,
                () -> editSecretIn(team, "web", secret -> {
                    secret.getData().put("client-secret", "Zm9yZ2Vk");
                    secret.getData().put("mine", "bWluZQ==");
                    secret.getMetadata().getLabels().put("team", "c");
                }));

        awaitCopy(team, "web");
        assertThat(dataIn(team, "web")).containsEntry("mine", "mine");
        assertThat(awaitSecret(team, "web").getMetadata().getLabels()).containsEntry("team", "c");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theCopyLosesItsMarkAndIsStillRestored(boolean operatorIsDown) {
        offerTo(team);
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
        String uid = claimIn(team, "web").require().getMetadata().getUid();

        meanwhile(
                operatorIsDown,
                () -> editSecretIn(team, "web", secret -> {
                    secret.getMetadata().getLabels().remove(Marks.CLAIM_UID);
                    secret.getMetadata().getAnnotations().remove(Marks.CLAIM);
                }));

        stage.eventually()
                .untilAsserted(
                        () -> assertThat(awaitSecret(team, "web").getMetadata().getLabels())
                                .containsEntry(Marks.CLAIM_UID, uid));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anImmutableCopyIsKeptAndReportedOnceItIsOutOfDate(boolean operatorIsDown) {
        offerTo(team);
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
        meanwhile(operatorIsDown, () -> editSecretIn(team, "web", secret -> secret.setImmutable(true)));
        requestPass(team, "web");
        awaitClaim(team, "web", "True", "Synced");
        Secret before = awaitSecret(team, "web");

        meanwhile(operatorIsDown, () -> claim(team, "web", "preset: CamelCase"));

        awaitClaim(team, "web", "False", "SecretImmutable");
        assertThat(isStalled(team, "web")).isTrue();
        assertThat(awaitSecret(team, "web")).isEqualTo(before);
        meanwhile(
                operatorIsDown,
                () -> stage.admin().secrets().inNamespace(team).withName("web").delete());
        awaitClaim(team, "web", "True", "Synced");
        assertThat(dataIn(team, "web")).containsKey("clientSecret");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChangedTypeUnderTheSameNameKeepsTheCopyUntilTheNameChangesToo(boolean operatorIsDown) {
        offerTo(team);
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
        Secret before = awaitSecret(team, "web");

        // A rule of the API server compares names as written. It does not see that both mean one Secret.
        meanwhile(operatorIsDown, () -> claim(team, "web", "name: web, type: example.com/oidc"));

        assertThat(awaitClaim(team, "web", "False", "SecretImmutable").getMessage())
                .isEqualTo(
                        "Secret 'web' has the type Opaque, and Kubernetes does not allow a change to example.com/oidc. "
                                + "Change spec.secret.name too, or change the type back. "
                                + "The operator keeps the Secret as it is. The operator retries within five minutes.");
        assertThat(isStalled(team, "web")).isTrue();
        requestPass(team, "web");
        assertThat(awaitSecret(team, "web")).isEqualTo(before);
        assertThat(Objects.requireNonNull(claimStatus(team, "web")).binding()).isNotNull();
        assertThat(claimEvents(team, "web")).containsExactly("SecretImmutable");

        meanwhile(operatorIsDown, () -> claim(team, "web", "name: web-oidc, type: example.com/oidc"));
        awaitClaim(team, "web", "True", "Synced");
        awaitCopy(team, "web-oidc");
        awaitNoSecret(team, "web");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTypeThatIsChangedBackLeavesTheCopyAsItWas(boolean operatorIsDown) {
        offerTo(team);
        claim(team, "web", "name: web");
        awaitClaim(team, "web", "True", "Synced");
        Secret before = awaitSecret(team, "web");
        claim(team, "web", "preset: ServiceBinding");
        awaitClaim(team, "web", "False", "SecretImmutable");

        meanwhile(operatorIsDown, () -> claim(team, "web", "name: web"));

        awaitClaim(team, "web", "True", "Synced");
        assertThat(isStalled(team, "web")).isFalse();
        assertThat(awaitSecret(team, "web")).isEqualTo(before);
    }

    @Test
    void aFormerClaimsCopyIsReplacedByTheNewClaimOfThatName() {
        offerTo(team);
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
        stage.stopOperator();
        claimIn(team, "web").withPropagationPolicy(DeletionPropagation.ORPHAN).delete();
        stage.eventually().until(() -> claimIn(team, "web").get() == null);

        claim(team, "web");
        stage.startOperator();

        awaitClaim(team, "web", "True", "Synced");
        awaitCopy(team, "web");
        assertThat(awaitSecret(team, "web").getMetadata().getLabels())
                .containsEntry(
                        Marks.CLAIM_UID,
                        claimIn(team, "web").require().getMetadata().getUid());
    }
}
