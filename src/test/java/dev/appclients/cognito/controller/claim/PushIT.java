package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClaimedSecret;
import dev.appclients.cognito.api.v1beta1.ClientRef;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaimSpec;
import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controlplane.Edits;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that pushes gets a claim in every namespace that it offers its Secret to. */
class PushIT extends OnPushStage {

    @Test
    void everyOfferedNamespaceGetsAClaimAndACopy() {
        List<String> targets = Stream.generate(this::target).limit(30).toList();
        pushWeb();

        targets.forEach(this::awaitPushed);
        assertThat(pushed(targets.getFirst()).require().getSpec()).isEqualTo(spec());
        awaitCopies("30/30");
        assertThat(new Kubectl(stage.namespace())
                        .run("get", "upc", "web", "-o", "wide")
                        .text())
                .contains("30/30");
        assertThat(pushed(stage.namespace()).get())
                .as("a claim beside the client")
                .isNull();
        assertThat(pushed(targets.getFirst()).require().getMetadata().getOwnerReferences())
                .isEmpty();
    }

    @Test
    void aNamespaceThatAppearsGetsAClaimAndOneThatLosesItsLabelLosesIt() {
        String first = target();
        String unlabelled = namespace(Map.of());
        pushWeb();
        awaitPushed(first);

        String later = target();
        awaitPushed(later);
        label(unlabelled, stage.namespace());
        awaitPushed(unlabelled);
        awaitCopies("3/3");

        label(first, null);
        awaitNone(first);
        awaitCopies("2/2");
        label(first, stage.namespace());
        awaitPushed(first);
        awaitCopies("3/3");
    }

    @Test
    void aDeletedClaimIsWrittenAgainThreeTimesAndThenAfterAWait() {
        String target = target();
        pushWeb();
        String uid = awaitPushed(target).getMetadata().getUid();
        for (int i = 0; i < 3; i++) {
            awaitSecret(target, PUSHED);
            pushed(target).delete();
            uid = awaitPushedAgain(target, uid).getMetadata().getUid();
        }
        pushed(target).delete();
        awaitCopies("0/1");
        stage.wake("web");
        assertThat(pushed(target).get()).as("the claim during the wait").isNull();

        clock.advance(Duration.ofMinutes(1).plusSeconds(1));
        stage.wake("web");
        awaitPushedAgain(target, uid);
        awaitCopies("1/1");
    }

    @Test
    void anEditedClaimIsPutBack() {
        String target = target();
        pushWeb();
        awaitPushed(target);

        Edits.edit(pushed(target), claim -> {
            claim.setSpec(new ClientSecretClaimSpec(
                    new ClientRef("elsewhere", "web"),
                    new ClaimedSecret("mine", SecretPreset.STANDARD, null, null, null, null)));
            return claim;
        });

        stage.eventually()
                .untilAsserted(
                        () -> assertThat(pushed(target).require().getSpec()).isEqualTo(spec()));
    }

    /** No type may change without the name, so the API server refuses to put this spec back. */
    @Test
    void aClaimThatCannotBePutBackIsReplaced() {
        String target = target();
        pushWeb();
        String uid = awaitPushed(target).getMetadata().getUid();
        awaitCopies("1/1");
        stage.stopOperator();
        // Two steps, each with a new name, to the name of the push with another type.
        Edits.edit(pushed(target), claim -> withSecret(claim, "other", SecretPreset.STANDARD));
        Edits.edit(pushed(target), claim -> withSecret(claim, PUSHED, SecretPreset.SERVICE_BINDING));
        stage.startOperator();

        assertThat(awaitPushedAgain(target, uid).getSpec()).isEqualTo(spec());
    }

    @Test
    void aChangedPushIsWrittenToEveryClaim() {
        String target = target();
        pushWeb();
        awaitPushed(target);

        pushWeb("push: {secret: {name: renamed}}");

        stage.eventually()
                .untilAsserted(() -> assertThat(
                                pushed(target).require().getSpec().secret().name())
                        .isEqualTo("renamed"));
        pushWeb("");
        awaitNone(target);
    }

    @Test
    void aClaimOfAnotherAuthorStaysUntouchedAndIsCounted() {
        String taken = target();
        String free = target();
        apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClientSecretClaim
                metadata: {name: %s, namespace: %s}
                spec: {clientRef: {namespace: elsewhere, name: web}}
                """.formatted(claimName(), taken));
        ClientSecretClaim before = pushed(taken).require();
        pushWeb();

        awaitPushed(free);
        awaitCopies("1/2");

        ClientSecretClaim after = pushed(taken).require();
        assertThat(after.getSpec()).isEqualTo(before.getSpec());
        assertThat(after.getMetadata().getLabels()).isNullOrEmpty();
    }

    @Test
    void aChangeWhileTheOperatorWasDownIsRepaired() {
        String deleted = target();
        String edited = target();
        String left = target();
        pushWeb();
        Stream.of(deleted, edited, left).forEach(this::awaitPushed);
        awaitCopies("3/3");
        stage.stopOperator();

        pushed(deleted).delete();
        Edits.edit(pushed(edited), claim -> withSecret(claim, "mine", SecretPreset.ENV));
        label(left, null);
        String appeared = target();
        stage.startOperator();

        awaitPushed(deleted);
        awaitPushed(appeared);
        awaitNone(left);
        stage.eventually()
                .untilAsserted(
                        () -> assertThat(pushed(edited).require().getSpec()).isEqualTo(spec()));
        awaitCopies("3/3");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNamespaceThatIsBeingDeletedIsNoTarget(boolean operatorIsDown) {
        String going = target();
        String other = target();
        stage.admin()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("held")
                        .withNamespace(going)
                        .withFinalizers("example.com/held")
                        .endMetadata()
                        .build())
                .create();
        stage.admin().namespaces().withName(going).delete();

        meanwhile(operatorIsDown, this::pushWebAlone);

        awaitPushed(other);
        awaitCopies("1/1");
        assertThat(pushed(going).get()).isNull();
        stage.awaitReady("web");
        Edits.edit(stage.admin().configMaps().inNamespace(going).withName("held"), held -> {
            held.getMetadata().getFinalizers().clear();
            return held;
        });
    }

    private void pushWebAlone() {
        pushWeb("push: {secret: {name: " + PUSHED + ", preset: Env}}");
    }

    @Test
    void aPausedClientPushesNothingNew() {
        pushWeb();
        stage.annotate("web", Annotations.PAUSED, "true");
        stage.awaitCondition("web", "Ready", "False", "Paused");

        String target = target();
        // The trigger comes by the watch of namespaces, after the new one.
        stage.wake("web");

        assertThat(pushed(target).get()).isNull();
        stage.removeAnnotation("web", Annotations.PAUSED);
        awaitPushed(target);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNamespaceThatIsNotListedMayNotPush(boolean operatorIsDown) {
        String target = target();
        meanwhile(operatorIsDown, () -> {
            applyPoolSharing("sharing: {namespaces: {from: All}, pushFrom: {from: Names, names: [elsewhere]}}");
            pushWeb("push: {secret: {name: " + PUSHED + ", preset: Env}}");
        });
        stage.awaitReady("web");
        stage.wake("web");

        assertThat(pushed(target).get()).isNull();
        assertThat(stage.awaitCondition("web", "Ready", "True", "Synced").getMessage())
                .contains("Warning: spec.sharing.push has no effect. ClusterUserPool 'customers' does not list this"
                        + " namespace in spec.sharing.pushFrom.");
        stage.eventually().untilAsserted(() -> assertThat(stage.events("web")).contains("Doubtful"));
        meanwhile(operatorIsDown, this::permitPushes);
        awaitPushed(target);
        stage.eventually()
                .untilAsserted(() -> assertThat(stage.awaitCondition("web", "Ready", "True", "Synced")
                                .getMessage())
                        .doesNotContain("Warning"));
    }

    @ParameterizedTest
    @CsvSource({
        "'namespaces: {from: All}', false",
        "'namespaces: {from: All}', true",
        "'namespaces: {from: Names, names: [elsewhere]}, pushFrom: {from: All}', false",
        "'namespaces: {from: Names, names: [elsewhere]}, pushFrom: {from: All}', true"
    })
    void aWithdrawnRightToPushOrCeilingDeletesTheClaimAndItsReturnWritesItAgain(
            String sharing, boolean operatorIsDown) {
        String target = target();
        pushWeb();
        awaitPushed(target);
        awaitCopies("1/1");

        meanwhile(operatorIsDown, () -> applyPoolSharing("sharing: {" + sharing + "}"));
        awaitNone(target);
        awaitNoSecret(target, PUSHED);
        meanwhile(operatorIsDown, this::permitPushes);

        awaitPushed(target);
        awaitCopies("1/1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeletedClientTakesItsPushedClaimsAlong(boolean operatorIsDown) {
        String target = target();
        pushWeb();
        awaitPushed(target);
        awaitCopies("1/1");

        meanwhile(operatorIsDown, () -> stage.delete("web"));

        stage.awaitGone("web");
        awaitNone(target);
        awaitNoSecret(target, PUSHED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClaimOfTheTeamBesideAPushHasItsOwnSecretOrWaitsForTheName(boolean operatorIsDown) {
        String target = target();
        pushWeb();
        awaitPushed(target);
        awaitCopies("1/1");

        meanwhile(operatorIsDown, () -> {
            claim(target, "own", "name: own");
            claim(target, "same", "name: " + PUSHED + ", preset: CamelCase");
        });

        awaitClaim(target, "own", "True", "Synced");
        awaitClaim(target, "same", "False", "SecretNameTaken");
        assertThat(dataIn(target, "own")).containsKey("client-id");
        assertThat(dataIn(target, PUSHED)).containsKey("CLIENT_ID").doesNotContainKey("clientId");
        meanwhile(operatorIsDown, () -> pushWeb(""));
        awaitNone(target);
        awaitClaim(target, "same", "True", "Synced");
        assertThat(dataIn(target, PUSHED)).containsKey("clientId");
    }

    private ClientSecretClaimSpec spec() {
        return new ClientSecretClaimSpec(
                new ClientRef(stage.namespace(), "web"),
                new ClaimedSecret(PUSHED, SecretPreset.ENV, null, null, null, null));
    }

    private static ClientSecretClaim withSecret(ClientSecretClaim claim, String name, SecretPreset preset) {
        claim.setSpec(new ClientSecretClaimSpec(
                claim.getSpec().clientRef(), new ClaimedSecret(name, preset, null, null, null, null)));
        return claim;
    }
}
