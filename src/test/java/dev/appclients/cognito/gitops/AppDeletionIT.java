package dev.appclients.cognito.gitops;

import static dev.appclients.cognito.controller.Stage.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controller.OnClaimStage;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Argo CD and Flux prune single objects, and delete all objects of an app at once, in any order. */
class AppDeletionIT extends OnClaimStage {

    @BeforeEach
    void applyApp() {
        applyWeb("sharing: {namespaces: {from: All}}");
        stage.awaitReady("web");
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
    }

    @ParameterizedTest(name = "{0} {1}, then the others")
    @CsvSource({
        "foreground, ClusterUserPool",
        "foreground, UserPoolClient",
        "background, ClusterUserPool",
        "background, ClientSecretClaim"
    })
    void anAppWhosePoolClientAndClaimAreDeletedAtOnceIsGone(String cascade, String first) {
        delete(first, cascade);
        delete("ClusterUserPool", cascade);
        delete("UserPoolClient", cascade);
        delete("ClientSecretClaim", cascade);

        awaitNothing();
    }

    @ParameterizedTest
    @CsvSource({"foreground", "background"})
    void anAppThatIsDeletedWithoutTheOperatorIsGoneAfterTheOperatorReturns(String cascade) {
        stage.stopOperator();
        delete("ClusterUserPool", cascade);
        delete("UserPoolClient", cascade);
        stage.eventually()
                .until(() -> stage.client("web").isMarkedForDeletion()
                        && stage.pool().isMarkedForDeletion());
        assertThat(stage.cognito()).hasSize(1);

        stage.startOperator();
        delete("ClientSecretClaim", cascade);

        awaitNothing();
    }

    @Test
    void aPrunedClientLeavesNothingAndItsNeighbourUnchanged() {
        stage.applyClient("neighbour", WEB);
        stage.awaitReady("neighbour");
        String secret =
                Objects.requireNonNull(stage.secret("neighbour")).getMetadata().getResourceVersion();
        String version = stage.client("neighbour").getMetadata().getResourceVersion();

        delete("UserPoolClient", "foreground");

        stage.awaitGone("web");
        stage.eventually().until(() -> stage.secret("web") == null);
        assertThat(stage.cognito()).hasSize(1);
        awaitClaim(team, "web", "False", "NotAvailable");
        awaitNoSecret(team, "web");
        assertThat(Objects.requireNonNull(stage.secret("neighbour"))
                        .getMetadata()
                        .getResourceVersion())
                .isEqualTo(secret);
        assertThat(stage.client("neighbour").getMetadata().getResourceVersion()).isEqualTo(version);
    }

    private void awaitNothing() {
        stage.awaitGone("web");
        stage.eventually()
                .until(() -> stage.admin()
                                .resources(ClusterUserPool.class)
                                .withName(POOL)
                                .get()
                        == null);
        stage.eventually().until(() -> claimIn(team, "web").get() == null);
        awaitNoSecret(team, "web");
        awaitNoSecret(stage.namespace(), "web");
        assertThat(stage.cognito()).isEmpty();
        // The namespaces of an earlier test may still terminate.
        stage.eventually()
                .untilAsserted(() -> assertThat(stage.admin()
                                .resources(ClientSecretClaim.class)
                                .inAnyNamespace()
                                .list()
                                .getItems())
                        .isEmpty());
    }

    private void delete(String kind, String cascade) {
        String namespace = kind.equals("ClientSecretClaim") ? team : stage.namespace();
        String name = kind.equals("ClusterUserPool") ? POOL : "web";
        Kubectl.Output output = new Kubectl(namespace)
                .run("delete", kind, name, "--cascade=" + cascade, "--wait=false", "--ignore-not-found");
        assertThat(output.exitCode()).as(output.text()).isZero();
    }
}
