package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.Rights;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.Identities;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The policy shipped in {@code deploy/kustomize/status-guard}: only the operator writes status, and other writes still work. */
class StatusGuardIT {

    private static final Path POLICY = Path.of("deploy/kustomize/status-guard/policy.yaml");
    private static final String TEAM = "team";
    private static final String GROUP = "cognito.appclients.dev";
    private static final String FORGED = "{\"status\":{\"clientId\":\"forged\"}}";

    private Stage stage;
    private KubernetesClient team;
    private HasMetadata role;
    private List<HasMetadata> policy;

    /** The requests that can write a status. */
    enum Writing {
        MERGE_PATCH(PatchContext.of(PatchType.JSON_MERGE), FORGED),
        JSON_PATCH(
                PatchContext.of(PatchType.JSON),
                "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":{\"clientId\":\"forged\"}}]"),
        APPLY(
                new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withForce(true)
                        .withFieldManager(TEAM)
                        .build(),
                """
                {"apiVersion":"cognito.appclients.dev/v1beta1","kind":"UserPoolClient","status":{"clientId":"forged"}}""");

        private final PatchContext how;
        private final String what;

        Writing(PatchContext how, String what) {
            this.how = how;
            this.what = what;
        }
    }

    @BeforeEach
    void installPolicy() throws IOException {
        stage = Stage.open();
        team = teamWithRightsOnStatus();
        stage.applyClient("web");
        stage.awaitReady("web");
        try (InputStream yaml = Files.newInputStream(POLICY)) {
            policy = stage.admin().load(yaml).items();
        }
        policy.forEach(object -> stage.admin().resource(object).serverSideApply());
        stage.eventually().until(() -> isRefused());
        stage.eventually().until(() -> Rights.may(team, stage.namespace(), GROUP, "userpoolclients", "patch"));
    }

    @AfterEach
    void removePolicy() {
        policy.forEach(object -> stage.admin().resource(object).delete());
        // Later tests forge statuses.
        stage.eventually().until(() -> !isRefused());
        team.close();
        stage.admin().resource(role).delete();
        stage.close();
    }

    @ParameterizedTest
    @EnumSource
    void aUserWithPermissionOnStatusIsRefusedWithTheReason(Writing writing) {
        var before = stage.client("web");

        assertThatThrownBy(() -> forge(clientAs(team), writing))
                .isInstanceOfSatisfying(KubernetesClientException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo(403);
                    assertThat(refused.getStatus().getMessage())
                            .contains(
                                    "only system:serviceaccount:cognito-client-operator:cognito-client-operator writes"
                                            + " the status of userpoolclients, not system:serviceaccount:"
                                            + stage.namespace() + ":team. Change spec or annotations");
                });
        assertThat(stage.client("web")).isEqualTo(before);
    }

    @Test
    void anAdministratorCannotWriteTheStatusOfAClientOrAPool() {
        assertThatThrownBy(() -> forge(clientAs(stage.admin()), Writing.MERGE_PATCH))
                .hasMessageContaining("writes the status of userpoolclients, not admin");
        assertThatThrownBy(() -> stage.admin()
                        .resources(ClusterUserPool.class)
                        .withName(Stage.POOL)
                        .subresource("status")
                        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"issuer\":\"https://forged\"}}"))
                .hasMessageContaining("writes the status of clusteruserpools, not admin");
    }

    @Test
    void anAdministratorCannotWriteTheStatusOfAClaim() {
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClientSecretClaim
                metadata: {name: web-env}
                spec:
                  clientRef: {namespace: %s, name: web}
                  secret: {preset: Env}
                """.formatted(stage.namespace()));

        assertThatThrownBy(() -> stage.admin()
                        .resources(ClientSecretClaim.class)
                        .inNamespace(stage.namespace())
                        .withName("web-env")
                        .subresource("status")
                        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"observedGeneration\":1}}"))
                .hasMessageContaining("writes the status of clientsecretclaims, not admin");
        stage.eventually().until(() -> stage.secret("web-env") != null);
    }

    @Test
    void theOperatorCreatesUpdatesReportsAndDeletesAsBefore() {
        stage.applyClient("web", "appType: Confidential\naccessTokenValidity: 30m");
        stage.applyClient("another");

        assertThat(stage.awaitReady("web").observedGeneration()).isEqualTo(2);
        assertThat(stage.awaitReady("another").clientId()).isNotNull();

        stage.delete("web");
        stage.awaitGone("web");
        assertThat(stage.cognito()).hasSize(1);
        // The garbage collector deletes the Secret.
        stage.eventually().until(() -> stage.secret("web") == null);
    }

    @Test
    void aNamespaceCanStillBeDeleted() {
        stage.admin().namespaces().withName(stage.namespace()).delete();

        stage.awaitGone("web");
        assertThat(stage.cognito()).isEmpty();
        stage.eventually().until(() -> stage.secret("web") == null);
    }

    /** Uses a dry run, since a policy takes effect, and ends, with a delay. */
    private boolean isRefused() {
        try {
            stage.admin()
                    .resources(ClusterUserPool.class)
                    .withName(Stage.POOL)
                    .subresource("status")
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.JSON_MERGE)
                                    .withDryRun(List.of("All"))
                                    .build(),
                            "{\"status\":{\"domain\":\"forged\"}}");
            return false;
        } catch (KubernetesClientException refused) {
            return refused.getCode() == 403;
        }
    }

    private Resource<UserPoolClient> clientAs(KubernetesClient who) {
        return who.resources(UserPoolClient.class)
                .inNamespace(stage.namespace())
                .withName("web");
    }

    private static void forge(Resource<UserPoolClient> client, Writing writing) {
        client.subresource("status").patch(writing.how, writing.what);
    }

    private KubernetesClient teamWithRightsOnStatus() {
        KubernetesClient admin = stage.admin();
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(TEAM)
                        .withNamespace(stage.namespace())
                        .endMetadata()
                        .build())
                .create();
        role = admin.resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName("status-" + stage.namespace())
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups(GROUP)
                        .withResources("userpoolclients", "userpoolclients/status")
                        .withVerbs("*")
                        .endRule()
                        .build())
                .create();
        RoleBinding binding = new RoleBindingBuilder()
                .withNewMetadata()
                .withName(TEAM)
                .withNamespace(stage.namespace())
                .endMetadata()
                .withNewRoleRef(
                        "rbac.authorization.k8s.io",
                        "ClusterRole",
                        role.getMetadata().getName())
                .addNewSubject("", "ServiceAccount", TEAM, stage.namespace())
                .build();
        admin.resource(binding).create();
        return Clients.of(Identities.serviceAccount(TestCluster.adminConfig(), stage.namespace(), TEAM));
    }
}
