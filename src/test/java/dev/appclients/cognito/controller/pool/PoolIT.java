package dev.appclients.cognito.controller.pool;

import static dev.appclients.cognito.controller.Stage.POOL;
import static dev.appclients.cognito.controller.Stage.POOL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Checks how a client and its ClusterUserPool affect each other. */
class PoolIT extends OnStage {

    private static final String BY_LABEL = "namespaces: {from: Selector, selector: {matchLabels: {oidc: \"yes\"}}}";

    @Test
    void aClientWaitsForAMissingPoolAndIsReconciledWhenItAppears() {
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web}
                spec: {userPoolRef: {name: later}, appType: Public}
                """);

        assertThat(stage.awaitCondition("web", "Authorized", "False", "PoolMissing")
                        .getMessage())
                .contains("'later'", "platform team");
        assertThat(stage.condition("web", "Reconciling")).isPresent();
        assertThat(stage.calls()).isEmpty();

        stage.simulator().pool("eu-west-1_Later");
        stage.applyPool("later", "userPoolId: eu-west-1_Later\nnamespaces: {from: All}");
        stage.awaitReady("web");
    }

    @Test
    void aNamespaceIsRefusedUntilThePoolAllowsItByName() {
        stage.applyPool(POOL, "namespaces: {from: Names, names: [others]}");
        stage.applyClient("web");

        assertThat(stage.awaitCondition("web", "Authorized", "False", "NamespaceNotAllowed")
                        .getMessage())
                .contains(stage.namespace(), POOL);
        assertThat(stage.condition("web", "Stalled")).isPresent();
        assertThat(stage.calls()).doesNotContain("CreateUserPoolClient");

        stage.applyPool(POOL, "namespaces: {from: Names, names: [others, " + stage.namespace() + "]}");
        stage.awaitReady("web");
    }

    @Test
    void theLabelOfANamespaceAllowsItsClientsAndWithoutItTheyStayUnchanged() {
        stage.applyPool(POOL, BY_LABEL);
        stage.applyClient("web");
        stage.awaitCondition("web", "Ready", "False", "NamespaceNotAllowed");

        stage.labelNamespace("oidc", "yes");
        stage.awaitReady("web");

        stage.labelNamespace("oidc", null);
        stage.awaitCondition("web", "Ready", "False", "NamespaceNotAllowed");
        stage.forgetCalls();
        stage.applyClient("web", "appType: Confidential\nauthSessionValidity: 9m");
        stage.awaitCondition("web", "Ready", "False", "NamespaceNotAllowed");
        assertThat(stage.calls()).isEmpty();
        assertThat(stage.data("web")).containsKey("client-secret");
        assertThat(stage.cognito()).hasSize(1);

        stage.labelNamespace("oidc", "yes");
        stage.awaitReady("web");
        assertThat(stage.inCognito("web", "AuthSessionValidity")).isEqualTo("9");
    }

    @Test
    void aDeletedPoolStaysForTheDeletionsOfItsClients() {
        stage.applyClient("web");
        stage.awaitReady("web");

        pools().delete();

        stage.awaitPool(POOL, "Ready", "False", "PoolTerminating");
        stage.awaitCondition("web", "Ready", "False", "PoolTerminating");
        stage.applyClient("late");
        assertThat(stage.awaitCondition("late", "Ready", "False", "PoolTerminating")
                        .getMessage())
                .contains("the operator only deletes its clients");
        assertThat(stage.cognito()).hasSize(1);

        stage.delete("late");
        stage.delete("web");
        stage.awaitGone("late");
        stage.awaitGone("web");
        assertThat(stage.cognito()).isEmpty();
        stage.eventually().until(() -> pools().get() == null);
    }

    @Test
    void anUnusedPoolIsDeletedImmediatelyAndInUseReportsUse() {
        stage.awaitPool(POOL, "InUse", "False", "NotInUse");
        stage.applyClient("web");
        stage.awaitPool(POOL, "InUse", "True", "InUse");
        stage.awaitReady("web");
        stage.delete("web");
        stage.awaitPool(POOL, "InUse", "False", "NotInUse");

        pools().delete();

        stage.eventually().until(() -> pools().get() == null);
    }

    @Test
    void aPoolThatIsRecreatedWithAnotherIdStopsItsClients() {
        stage.applyClient("web");
        String arn = stage.awaitReady("web").userPoolARN();
        stage.simulator().pool("eu-west-1_Other");
        stage.removePoolByForce(POOL);
        stage.forgetCalls();

        stage.applyPool(POOL, "userPoolId: eu-west-1_Other\nnamespaces: {from: All}");

        assertThat(stage.awaitCondition("web", "Ready", "False", "PoolChanged").getMessage())
                .contains(arn, "eu-west-1_Other");
        assertThat(stage.calls()).containsOnly("DescribeUserPool");
        assertThat(stage.data("web")).containsEntry("user-pool-id", POOL_ID);
    }

    @Test
    void ofTwoClusterUserPoolsForOnePoolTheOlderWorksAndTheOtherReplacesItAfterItsDeletion() {
        // Creation times have whole seconds, and the first must be older.
        Instant first = Instant.parse(stage.pool().getMetadata().getCreationTimestamp());
        stage.eventually().until(() -> Instant.now().isAfter(first.plusSeconds(1)));
        stage.applyPool("twin", "namespaces: {from: All}");

        assertThat(stage.awaitPool("twin", "Ready", "False", "DuplicatePool").getMessage())
                .contains("'customers'");
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: other}
                spec: {userPoolRef: {name: twin}, appType: Public}
                """);
        stage.awaitCondition("other", "Ready", "False", "DuplicatePool");

        stage.delete("web");
        stage.awaitGone("web");
        pools().delete();
        stage.eventually().until(() -> pools().get() == null);

        stage.awaitReady("other");
    }

    @Test
    void aPoolIsReadOnceForAllItsClientsAndOnceMoreAfterARestartBeforeAWrite() {
        List<String> names = IntStream.range(0, 8).mapToObj(i -> "web-" + i).toList();
        names.forEach(stage::applyClient);
        names.forEach(stage::awaitReady);
        stage.restartOperator();
        names.forEach(stage::wake);
        assertThat(stage.calls()).containsOnly("CreateUserPoolClient").hasSize(8);
        stage.forgetCalls();

        stage.applyClient("late");
        stage.awaitReady("late");
        stage.applyClient("later");
        stage.awaitReady("later");

        assertThat(stage.calls())
                .containsExactly(
                        "DescribeUserPool", "DescribeUserPoolDomain", "CreateUserPoolClient", "CreateUserPoolClient");
    }

    @Test
    void aNewCustomDomainAppearsInSecretsAndLoginURLs() {
        stage.applyClient("web", WEB);
        assertThat(stage.awaitReady("web").loginURL()).startsWith("https://shop.auth.eu-west-1.amazoncognito.com/");
        stage.forgetCalls();

        stage.simulator().pool(POOL_ID).customDomain("auth.example.com", "ACTIVE");
        stage.annotatePool(POOL, Annotations.RECONCILE_REQUESTED_AT, "now");

        stage.eventually().untilAsserted(() -> {
            assertThat(stage.data("web")).containsEntry("domain", "auth.example.com");
            assertThat(stage.status("web").loginURL()).startsWith("https://auth.example.com/");
            assertThat(stage.pool().getStatus().lastHandledReconcileAt()).isEqualTo("now");
        });
        assertThat(stage.calls()).doesNotContain("DescribeUserPoolClient", "UpdateUserPoolClient");
        stage.awaitReady("web");
    }

    @Test
    void aClientWithRedirectsInAPoolWithoutADomainIsReadyAndReportsNoLoginPage() {
        stage.simulator().pool(POOL_ID).withoutDomain("shop");
        stage.annotatePool(POOL, Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.eventually().until(() -> stage.pool().getStatus().domain() == null);

        stage.applyClient("web", WEB);

        assertThat(stage.awaitReady("web").loginURL()).isNull();
        stage.awaitCondition("web", "LoginPage", "False", "NoDomain");
        assertThat(stage.data("web")).doesNotContainKeys("domain", "token-uri");
    }

    private io.fabric8.kubernetes.client.dsl.Resource<ClusterUserPool> pools() {
        return stage.admin().resources(ClusterUserPool.class).withName(POOL);
    }
}
