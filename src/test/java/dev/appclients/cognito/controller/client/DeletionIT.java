package dev.appclients.cognito.controller.client;

import static dev.appclients.cognito.controller.Stage.POOL;
import static dev.appclients.cognito.controller.Stage.POOL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.simulator.Fault;
import org.junit.jupiter.api.Test;

/** The operator removes its finalizer only when no app client of the object is left in Cognito. */
class DeletionIT extends OnStage {

    private static final String RETAIN = "appType: Confidential\ndeletionPolicy: Retain";

    @Test
    void retainKeepsTheClientWithoutACall() {
        stage.applyClient("web", RETAIN);
        String id = stage.awaitReady("web").clientId();
        stage.forgetCalls();

        stage.delete("web");

        stage.awaitGone("web");
        assertThat(stage.cognito())
                .singleElement()
                .satisfies(client -> assertThat(client.clientId()).isEqualTo(id));
        assertThat(stage.calls()).isEmpty();
    }

    @Test
    void deniedAccessKeepsTheObjectUntilTheUserSetsRetain() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.simulator().access().deny("*", "cognito-idp:DeleteUserPoolClient", "*");

        stage.delete("web");

        assertThat(stage.awaitCondition("web", "Ready", "False", "AccessDenied").getMessage())
                .contains("DeleteUserPoolClient", "deploy/iam", "deletionPolicy: Retain");
        assertThat(stage.condition("web", "Stalled")).isPresent();
        stage.awaitEvents("web", "AccessDenied");

        stage.applyClient("web", RETAIN);
        stage.awaitGone("web");
        assertThat(stage.cognito()).hasSize(1);
    }

    @Test
    void anObjectWhoseClientIsAlreadyDeletedIsDeleted() {
        stage.applyClient("web");
        stage.simulator().deleteClient(POOL_ID, stage.awaitReady("web").clientId());

        stage.delete("web");

        stage.awaitGone("web");
    }

    @Test
    void anObjectWhosePoolIsDeletedInItsAccountIsDeleted() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.simulator().removePool(POOL_ID);

        stage.delete("web");

        stage.awaitGone("web");
    }

    @Test
    void absenceInAnotherAccountProvesNothing() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.simulator().access().defaultAccount("999999999999");

        stage.delete("web");

        assertThat(stage.awaitCondition("web", "Ready", "False", "PoolChanged").getMessage())
                .contains("999999999999", "deletionPolicy: Retain");
        assertThat(stage.cognito()).hasSize(1);

        stage.simulator().access().defaultAccount("123456789012");
        // The object may go at any moment, the namespace does not.
        stage.labelNamespace("woken-at", "now");
        stage.awaitGone("web");
        assertThat(stage.cognito()).isEmpty();
    }

    @Test
    void withoutItsClusterUserPoolTheObjectWaitsUntilItExistsAgain() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.stopOperator();
        stage.removePoolByForce(POOL);
        stage.startOperator();

        stage.delete("web");

        assertThat(stage.awaitCondition("web", "Ready", "False", "PoolMissing").getMessage())
                .contains("'customers'", "deletionPolicy: Retain");
        stage.applyPool();
        stage.awaitGone("web");
        assertThat(stage.cognito()).isEmpty();
    }

    @Test
    void neitherAPauseNorAWithdrawnPermissionStopsADeletion() {
        stage.applyClient("paused");
        stage.applyClient("unauthorised");
        stage.awaitReady("paused");
        stage.awaitReady("unauthorised");
        stage.annotate("paused", Annotations.PAUSED, "true");
        stage.awaitCondition("paused", "Ready", "False", "Paused");
        stage.applyPool(POOL, "namespaces: {from: Names, names: [others]}");
        stage.awaitCondition("unauthorised", "Ready", "False", "NamespaceNotAllowed");

        stage.delete("paused");
        stage.delete("unauthorised");

        stage.awaitGone("paused");
        stage.awaitGone("unauthorised");
        assertThat(stage.cognito()).isEmpty();
    }

    @Test
    void aDeletedNamespaceDeletesItsClientsAndTheirSecrets() {
        stage.applyClient("one");
        stage.applyClient("two");
        stage.awaitReady("one");
        stage.awaitReady("two");

        stage.admin().namespaces().withName(stage.namespace()).delete();

        stage.awaitGone("one");
        stage.awaitGone("two");
        assertThat(stage.cognito()).isEmpty();
        stage.eventually().until(() -> stage.secret("one") == null && stage.secret("two") == null);
        assertThat(stage.simulator().journal().of("DeleteUserPoolClient")).hasSize(2);
    }

    @Test
    void aForeignClientInTheStatusIsNeverDeletedAndTheOwnOneIsFoundByName() {
        stage.applyClient("web");
        String ours = stage.awaitReady("web").clientId();
        String foreign =
                stage.simulator().createForeignClient(POOL_ID, "somebody-elses").clientId();
        stage.stopOperator();
        stage.forgeStatus("web", status -> status.put("clientId", foreign));
        stage.delete("web");

        stage.startOperator();

        stage.awaitGone("web");
        assertThat(stage.cognito())
                .singleElement()
                .satisfies(client ->
                        assertThat(client.clientId()).isEqualTo(foreign).isNotEqualTo(ours));
    }

    @Test
    void anOwnSecretProvesThatAClientExistsWhenStatusAndPoolDoNot() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.stopOperator();
        stage.wipeStatus("web");
        stage.removePoolByForce(POOL);
        stage.applyPool();
        stage.simulator().access().deny("*", "cognito-idp:DescribeUserPool", "*");
        stage.delete("web");

        stage.startOperator();

        stage.awaitGone("web");
        assertThat(stage.cognito()).isEmpty();
    }

    @Test
    void aThrottledDeletionIsRetriedAndTheStatusSaysSo() {
        stage.applyClient("web");
        stage.awaitReady("web");
        Fault throttle =
                stage.simulator().faults().on("DeleteUserPoolClient").always().throttle();

        stage.delete("web");

        stage.awaitCondition("web", "Ready", "False", "Deleting");
        assertThat(stage.condition("web", "Reconciling"))
                .hasValueSatisfying(told -> assertThat(told.getMessage()).contains("Rate exceeded"));
        assertThat(stage.condition("web", "Stalled")).isEmpty();
        throttle.remove();
        stage.awaitGone("web");
        assertThat(stage.cognito()).isEmpty();
    }

    @Test
    void anObjectThatNeverHadAClientIsDeletedWithoutACall() {
        stage.applyClient("web", "appType: Confidential\nreadAttributes: [custom:none]");
        stage.awaitCondition("web", "Ready", "False", "DependencyMissing");
        stage.forgetCalls();

        stage.delete("web");

        stage.awaitGone("web");
        assertThat(stage.calls()).isEmpty();
    }
}
