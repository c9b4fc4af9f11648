package dev.appclients.cognito.controller.client;

import static dev.appclients.cognito.controller.Stage.POOL;
import static dev.appclients.cognito.controller.Stage.POOL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ApiVersion;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controlplane.Versions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Watcher.Action;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A deletion leaves no credentials of a deleted client, reports a client that stays, and is not blocked by forged values. */
class DeletionTruthIT extends OnStage {

    private static final String RETAIN = "appType: Confidential\ndeletionPolicy: Retain";

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "clientId, no id at all",
        "clientId, a/b",
        "clientId, ''",
        "userPoolARN, wherever",
        "userPoolARN, arn:aws:cognito-idp:eu-west-1:account:userpool/eu-west-1_Shop",
        "userPoolARN, arn:aws:cognito-idp:eu-west-1:123456789012:userpool/none",
        "appliedSettings, whatever",
    })
    void anImpossibleStatusValueDoesNotBlockTheDeletion(String field, String forged) {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.stopOperator();
        stage.forgeStatus("web", status -> status.put(field, forged));
        stage.delete("web");

        stage.startOperator();

        stage.awaitGone("web");
        assertThat(stage.cognito()).isEmpty();
    }

    @Test
    void aForgedSecretNameInTheStatusDoesNotBlockTheDeletion() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.stopOperator();
        stage.forgeStatus(
                "web",
                status -> status.put("secret", java.util.Map.of("name", "no/name", "keys", List.of(), "revision", 1)));
        stage.delete("web");

        stage.startOperator();

        stage.awaitGone("web");
        assertThat(stage.cognito()).isEmpty();
    }

    @Test
    void anEventAndTheLastConditionNameARenamedClientThatStays() {
        stage.applyClient("web");
        String id = stage.awaitReady("web").clientId();
        List<Condition> told = new CopyOnWriteArrayList<>();
        CountDownLatch deleted = new CountDownLatch(1);
        stage.setInCognito("web", "ClientName", "renamed by hand");
        try (Versions<UserPoolClient> watch = conditions(told, deleted)) {
            stage.delete("web");
            stage.awaitGone("web");
            // The watch is later than a read.
            stage.eventually().until(() -> deleted.getCount() == 0);
        }

        assertThat(stage.cognito())
                .singleElement()
                .satisfies(client -> assertThat(client.clientId()).isEqualTo(id));
        assertThat(told)
                .filteredOn(condition -> condition.getType().equals("Ready"))
                .last()
                .satisfies(last -> {
                    assertThat(last.getReason()).isEqualTo("ClientLeftBehind");
                    assertThat(last.getMessage()).contains(id);
                });
        stage.eventually().until(() -> stage.events("web").contains("ClientLeftBehind"));
        assertThat(stage.eventsAbout("web"))
                .filteredOn(event -> event.getReason().equals("ClientLeftBehind"))
                .singleElement()
                .satisfies(event -> assertThat(event.getMessage()).contains(id));
    }

    @Test
    void aClientWhoseIdIsMissingInTheStatusIsDeletedByTheIdInItsSecret() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.stopOperator();
        stage.wipeStatus("web");
        stage.forgetCalls();
        stage.delete("web");

        stage.startOperator();

        stage.awaitGone("web");
        assertThat(stage.cognito()).isEmpty();
        assertThat(stage.calls()).containsExactly("DescribeUserPoolClient", "DeleteUserPoolClient");
    }

    @Test
    void anOrphaningDeletionLeavesNoCredentialsOfADeletedClient() {
        stage.applyClient("web");
        stage.awaitReady("web");

        // The garbage collector orphans the Secret first, so it cannot delete it.
        stage.stopOperator();
        deleteOrphaning("web");
        stage.eventually()
                .until(() ->
                        stage.secret("web").getMetadata().getOwnerReferences().isEmpty());
        stage.startOperator();

        stage.awaitGone("web");
        assertThat(stage.cognito()).isEmpty();
        assertThat(stage.secret("web")).isNull();
        // A new object gets its own client: nothing looks like a restored backup.
        stage.applyClient("web");
        stage.awaitReady("web");
    }

    @Test
    void anOrphaningDeletionKeepsTheSecretOfAClientThatStays() {
        stage.applyClient("web", RETAIN);
        stage.awaitReady("web");

        deleteOrphaning("web");

        stage.awaitGone("web");
        assertThat(stage.cognito()).hasSize(1);
        assertThat(stage.secret("web")).isNotNull();
    }

    @Test
    void aRetainedSecretStaysWhenItsClientIsDeleted() {
        stage.applyClient("web", "appType: Confidential\nsecret: {onDelete: Retain}");
        stage.awaitReady("web");

        deleteOrphaning("web");

        stage.awaitGone("web");
        assertThat(stage.cognito()).isEmpty();
        assertThat(stage.secret("web")).isNotNull();
    }

    @Test
    void aForeignSecretOfTheSameNameIsNotDeletedWithTheClient() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.stopOperator();
        stage.deleteSecret("web");
        stage.applySecretAs("somebody", "web", "stringData: {password: theirs}");
        stage.delete("web");

        stage.startOperator();

        stage.awaitGone("web");
        assertThat(stage.data("web")).containsEntry("password", "theirs");
    }

    @Test
    void withoutARecordedAccountAnAbsentPoolDoesNotProveThatTheClientIsDeleted() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.stopOperator();
        stage.wipeStatus("web");
        stage.removePoolByForce(POOL);
        stage.applyPool();
        stage.simulator().access().defaultAccount("999999999999");
        stage.delete("web");

        stage.startOperator();

        assertThat(stage.awaitCondition("web", "Ready", "False", "PoolChanged").getMessage())
                .contains("records the account", "deletionPolicy: Retain");
        stage.simulator().access().defaultAccount("123456789012");
        stage.annotatePool(POOL, Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.awaitGone("web");
        assertThat(stage.cognito()).isEmpty();
    }

    @Test
    void theAccountInThePoolsStatusCountsWhenTheObjectRecordsNone() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.stopOperator();
        stage.wipeStatus("web");
        stage.simulator().removePool(POOL_ID);
        stage.delete("web");

        stage.startOperator();

        stage.awaitGone("web");
    }

    private void deleteOrphaning(String name) {
        awaitGarbageCollectorHasSeenSecrets();
        stage.admin()
                .resources(UserPoolClient.class)
                .inNamespace(stage.namespace())
                .withName(name)
                .withPropagationPolicy(DeletionPropagation.ORPHAN)
                .delete();
    }

    /**
     * The garbage collector orphans only the dependents that its own watch has delivered, and deletes a later one with its owner. It
     * handles Secrets in order: once it has deleted one without an owner, it has seen all earlier ones.
     */
    private void awaitGarbageCollectorHasSeenSecrets() {
        var canary = stage.admin().secrets().inNamespace(stage.namespace()).withName("canary");
        stage.applySecretAs("test", "canary", "data: {}");
        canary.edit(secret -> new SecretBuilder(secret)
                .editMetadata()
                .addNewOwnerReference()
                .withApiVersion(ApiVersion.GROUP + "/" + ApiVersion.VERSION)
                .withKind("UserPoolClient")
                .withName("gone")
                .withUid(UUID.randomUUID().toString())
                .endOwnerReference()
                .endMetadata()
                .build());
        stage.eventually().until(() -> canary.get() == null);
    }

    private Versions<UserPoolClient> conditions(List<Condition> told, CountDownLatch deleted) {
        return Versions.of(
                stage.admin().resources(UserPoolClient.class).inNamespace(stage.namespace()), (action, client) -> {
                    told.addAll(client.getStatus().conditions());
                    if (action == Action.DELETED) {
                        deleted.countDown();
                    }
                });
    }
}
