package dev.appclients.cognito.gitops;

import static dev.appclients.cognito.controller.Stage.POOL;
import static dev.appclients.cognito.controller.Stage.POOL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controller.OnClaimStage;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Each action, written to the API server as Argo CD writes it, has its effect. */
class ArgoActionsIT extends OnClaimStage {

    @Test
    void aClientPausesResumesAndReconcilesByAction() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");

        act("UserPoolClient", stage.namespace(), "web", "pause");
        stage.awaitCondition("web", "Ready", "False", "Paused");
        assertThat(isOffered("UserPoolClient", stage.namespace(), "web", "resume"))
                .isTrue();
        act("UserPoolClient", stage.namespace(), "web", "resume");
        stage.awaitReady("web");
        act("UserPoolClient", stage.namespace(), "web", "reconcile");

        stage.eventually().until(() -> stage.status("web").lastHandledReconcileAt() != null);
        stage.awaitReady("web");
    }

    @Test
    void aNewSecretIsRequestedByAction() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");

        act("UserPoolClient", stage.namespace(), "web", "rotate");

        JsonNode metadata = live("UserPoolClient", stage.namespace(), "web").path("metadata");
        assertThat(Instant.parse(metadata.at("/annotations/cognito.appclients.dev~1rotate-requested-at")
                        .asText()))
                .isAfterOrEqualTo(
                        Instant.parse(metadata.path("creationTimestamp").asText()));
        stage.eventually()
                .untilAsserted(() -> assertThat(stage.status("web").lastHandledRotateAt())
                        .isEqualTo(metadata.at("/annotations/cognito.appclients.dev~1rotate-requested-at")
                                .asText()));
        stage.applyClient("spa", "appType: Public\n");
        stage.awaitReady("spa");
        assertThat(isOffered("UserPoolClient", stage.namespace(), "spa", "rotate"))
                .isFalse();
    }

    @Test
    void aLostClientIsReplacedByAction() {
        stage.applyClient("web", WEB);
        String id = Objects.requireNonNull(stage.awaitReady("web").clientId());
        assertThat(isOffered("UserPoolClient", stage.namespace(), "web", "recreate"))
                .isFalse();
        stage.simulator().deleteClient(POOL_ID, id);
        act("UserPoolClient", stage.namespace(), "web", "reconcile");
        stage.awaitCondition("web", "Ready", "False", "ClientLost");

        assertThat(isOffered("UserPoolClient", stage.namespace(), "web", "recreate"))
                .isTrue();
        act("UserPoolClient", stage.namespace(), "web", "recreate");

        assertThat(stage.awaitReady("web").clientId()).isNotEqualTo(id);
        assertThat(stage.cognito()).hasSize(1);
        assertThat(isOffered("UserPoolClient", stage.namespace(), "web", "recreate"))
                .isFalse();
    }

    @Test
    void aClaimPausesAndResumesAndAPoolReconcilesByAction() {
        offerTo(team);
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");

        act("ClientSecretClaim", team, "web", "pause");
        awaitClaim(team, "web", "False", "Paused");
        act("ClientSecretClaim", team, "web", "resume");
        awaitClaim(team, "web", "True", "Synced");
        act("ClientSecretClaim", team, "web", "reconcile");
        stage.eventually()
                .until(() -> Objects.requireNonNull(claimStatus(team, "web")).lastHandledReconcileAt() != null);
        act("ClusterUserPool", team, POOL, "reconcile");
        stage.eventually().until(() -> stage.pool().getStatus().lastHandledReconcileAt() != null);
    }

    private void act(String kind, String namespace, String name, String action) {
        JsonNode live = live(kind, namespace, name);
        assertThat(isOffered(kind, namespace, name, action)).as(action).isTrue();
        JsonNode acted = ArgoLua.act(ArgoFiles.of(kind).resolve("actions/" + action + "/action.lua"), live);

        String patch = ArgoLua.mergePatch(live, acted).toString();

        assertThat(patch).as("only annotations change").startsWith("{\"metadata\":{\"annotations\":");
        Kubectl.Output patched = new Kubectl(namespace)
                .run("patch", kind, name, "--type=merge", "--field-manager=argocd-server", "-p", patch);
        assertThat(patched.exitCode()).as(patched.text()).isZero();
    }

    private static boolean isOffered(String kind, String namespace, String name, String action) {
        JsonNode offered =
                ArgoLua.run(ArgoFiles.of(kind).resolve("actions/discovery.lua"), live(kind, namespace, name));
        return !offered.path(action).path("disabled").asBoolean();
    }

    private static JsonNode live(String kind, String namespace, String name) {
        return ArgoFiles.parse(
                new Kubectl(namespace).run("get", kind, name, "-o", "json").text());
    }
}
