package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnAdoptionStage;
import dev.appclients.cognito.simulator.AppClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An app client has one owner in the cluster: the object it was created for, else the oldest object that adopts it. */
class OneOwnerIT extends OnAdoptionStage {

    @Test
    void theLaterObjectIsStalledAndAdoptsTheClientWhenTheFirstIsDeleted() {
        AppClient legacy = handMade();
        permitTo(stage.namespace() + ", " + elsewhere(), legacy, "Manage", "Observe");
        stage.applyClient("first", WEB + adopt(legacy));
        stage.awaitReady("first");
        letASecondPass("first");
        stage.forgetCalls();

        applyElsewhere("second", WEB + "accessTokenValidity: 5m\n" + adopt(legacy));
        stage.applyClient("third", WEB + "mode: Observe\n" + adopt(legacy));

        assertThat(awaitElsewhere("second", "AlreadyOwned").getMessage())
                .contains(legacy.clientId(), "another UserPoolClient")
                .doesNotContain(stage.namespace(), "first");
        assertThat(stage.awaitCondition("third", "Stalled", "True", "AlreadyOwned")
                        .getMessage())
                .contains("'first'");
        assertThat(stage.calls()).isEmpty();
        assertThat(stage.secret("third")).isNull();

        stage.delete("third");
        stage.delete("first");

        awaitElsewhere("second", "Synced");
        assertThat(elsewhere("second").require().getStatus().clientId()).isEqualTo(legacy.clientId());
    }

    @Test
    void anObjectWithoutPermissionDoesNotBlockALaterOne() {
        AppClient legacy = handMade();
        permitTo(elsewhere(), legacy, "Manage");
        stage.applyClient("older", WEB + adopt(legacy));
        stage.awaitCondition("older", "Stalled", "True", "AdoptionNotAllowed");
        letASecondPass("older");

        applyElsewhere("younger", WEB + adopt(legacy));

        awaitElsewhere("younger", "Synced");
    }

    @Test
    void anEntryMovedToAnotherNamespaceMovesTheClient() {
        AppClient legacy = handMade();
        permitTo(stage.namespace() + ", " + elsewhere(), legacy, "Manage");
        stage.applyClient("first", WEB + adopt(legacy));
        stage.awaitReady("first");
        letASecondPass("first");
        applyElsewhere("second", WEB + "accessTokenValidity: 5m\n" + adopt(legacy));
        awaitElsewhere("second", "AlreadyOwned");

        permitTo(elsewhere(), legacy, "Manage");

        awaitElsewhere("second", "Synced");
        stage.awaitCondition("first", "Authorized", "False", "AdoptionNotAllowed");
        assertThat(stage.data("first")).containsEntry("client-id", legacy.clientId());
    }

    @Test
    void aNamespaceThatLosesItsPermissionByALabelReleasesTheClientToTheNextObject() {
        AppClient legacy = handMade();
        stage.labelNamespace("adopts", "yes");
        applyPool(List.of(
                "{clientId: %s, namespaces: {from: Selector, selector: {matchLabels: {adopts: \"yes\"}}}, modes: [Manage]}"
                        .formatted(legacy.clientId()),
                entry(legacy.clientId(), elsewhere(), "Manage")));
        stage.applyClient("first", WEB + adopt(legacy));
        stage.awaitReady("first");
        letASecondPass("first");
        applyElsewhere("second", WEB + adopt(legacy));
        awaitElsewhere("second", "AlreadyOwned");

        stage.labelNamespace("adopts", null);

        awaitElsewhere("second", "Synced");
        stage.awaitCondition("first", "Authorized", "False", "AdoptionNotAllowed");
    }

    @Test
    void adoptingAClientThatALivingObjectCreatedCausesNoCalls() {
        stage.applyClient("creator", WEB);
        stage.awaitReady("creator");
        AppClient created = stage.cognito().getFirst();
        permitTo(stage.namespace(), created, "Manage");
        stage.applyClient("claims", WEB + adopt(created));
        stage.awaitCondition("claims", "Ready", "False", "AlreadyOwned");
        stage.wake("claims");
        stage.forgetCalls();

        stage.wake("claims");

        assertThat(stage.calls()).isEmpty();
    }

    @Test
    void aClientThatALivingObjectCreatedCannotBeAdopted() {
        stage.applyClient("creator", WEB + "deletionPolicy: Retain\n");
        stage.awaitReady("creator");
        AppClient created = stage.cognito().getFirst();
        permitTo(elsewhere(), created, "Manage", "Observe");

        applyElsewhere("manages", WEB + "accessTokenValidity: 5m\n" + adopt(created));
        applyElsewhere("observes", WEB + "mode: Observe\n" + adopt(created));

        assertThat(awaitElsewhere("manages", "AlreadyOwned").getMessage()).doesNotContain(stage.namespace(), "creator");
        assertThat(awaitElsewhere("observes", "AlreadyOwned").getMessage())
                .doesNotContain(stage.namespace(), "creator");
        assertThat(stage.cognito()).containsExactly(created);
        assertThat(stage.admin()
                        .secrets()
                        .inNamespace(elsewhere())
                        .withName("observes")
                        .get())
                .isNull();

        stage.delete("creator");

        // Either of the two: both may have been created in the same second.
        stage.eventually()
                .until(() -> List.of("manages", "observes").stream()
                                .map(name ->
                                        elsewhere(name).require().getStatus().clientId())
                                .filter(created.clientId()::equals)
                                .count()
                        == 1);
        assertThat(stage.cognito()).hasSize(1);
    }

    @Test
    void aSecondClusterUserPoolForOneUserPoolGrantsNoAdoption() {
        AppClient legacy = handMade();
        permitTo(elsewhere(), legacy, "Manage");
        awaitLaterThan(stage.pool().getMetadata().getCreationTimestamp());
        stage.applyPool(
                "twin",
                "namespaces: {from: All}\nadoption: [" + entry(legacy.clientId(), stage.namespace(), "Manage") + "]");
        stage.awaitPool("twin", "Ready", "False", "DuplicatePool");
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: older}
                spec:
                  userPoolRef: {name: twin}
                  appType: Confidential
                  adopt: {clientId: %s}
                """.formatted(legacy.clientId()));
        stage.awaitCondition("older", "Stalled", "True", "DuplicatePool");
        letASecondPass("older");

        applyElsewhere("younger", WEB + adopt(legacy));

        awaitElsewhere("younger", "Synced");
    }
}
