package dev.appclients.cognito.gitops;

import static dev.appclients.cognito.controller.Stage.POOL;
import static dev.appclients.cognito.controller.Stage.POOL_ID;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.simulator.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Brings an object of each kind into each state, and compares it with the testdata for Argo CD. */
class ArgoTestdataIT extends OnClaimStage {

    private static final String EDITED = WEB + "authSessionValidity: 5m\n";

    @Test
    void theClientsInTheTestdataAreReal() throws Exception {
        Sample clients = sample("UserPoolClient");
        healthyClients(clients);
        refusedClients(clients);
        deniedClients(clients);
        clientsInProgress(clients);
        clients.assertComplete();
    }

    private void healthyClients(Sample clients) {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        clients.of(stage.namespace(), "web", "healthy_synced");
        stage.annotate("web", Annotations.PAUSED, "true");
        stage.awaitCondition("web", "Ready", "False", "Paused");
        clients.of(stage.namespace(), "web", "suspended_paused");

        stage.applyClient("observed", WEB);
        stage.awaitReady("observed");
        stage.changeInCognito("observed", Map.of("AuthSessionValidity", 9));
        stage.applyClient("observed", WEB + "mode: Observe\n");
        stage.awaitCondition("observed", "Drifted", "True", "Drifted");
        stage.awaitReady("observed");
        clients.of(stage.namespace(), "observed", "healthy_drifted");

        stage.applyClient("doubtful", WEB);
        stage.annotate("doubtful", Annotations.PAUSED, "yes");
        stage.awaitEvents("doubtful", "Doubtful");
        stage.awaitReady("doubtful");
        clients.of(stage.namespace(), "doubtful", "healthy_with_warning");
    }

    private void refusedClients(Sample clients) {
        stage.applyClient("lost", WEB);
        stage.simulator().deleteClient(POOL_ID, stage.awaitReady("lost").clientId());
        stage.applyClient("lost", EDITED);
        stage.awaitCondition("lost", "Ready", "False", "ClientLost");
        clients.of(stage.namespace(), "lost", "degraded_client_lost");

        stage.applyClient("reports", "appType: MachineToMachine\nallowedOAuthScopes: [inventory/read]\n");
        stage.awaitCondition("reports", "Ready", "False", "DependencyMissing");
        clients.of(stage.namespace(), "reports", "degraded_dependency_missing");

        foreignSecret(stage.namespace(), "taken");
        stage.applyClient("taken", WEB);
        stage.awaitCondition("taken", "Ready", "False", "SecretConflict");
        clients.of(stage.namespace(), "taken", "degraded_secret_conflict");

        clientOf("nope", "without-pool");
        stage.awaitCondition("without-pool", "Ready", "False", "PoolMissing");
        clients.of(stage.namespace(), "without-pool", "progressing_pool_missing");

        pool("closed", "namespaces: {from: Names, names: [other]}");
        clientOf("closed", "outside");
        stage.awaitCondition("outside", "Ready", "False", "NamespaceNotAllowed");
        clients.of(stage.namespace(), "outside", "degraded_namespace_not_allowed");

        pool("strict", "namespaces: {from: All}\ntenancy: Restricted\nallow: {appTypes: [Public]}");
        clientOf("strict", "too-much");
        stage.awaitCondition("too-much", "Ready", "False", "SettingNotAllowed");
        clients.of(stage.namespace(), "too-much", "degraded_setting_not_allowed");
    }

    private void deniedClients(Sample clients) {
        stage.simulator().access().deny("*", "cognito-idp:CreateUserPoolClient", "*");
        stage.applyClient("denied", WEB);
        stage.awaitCondition("denied", "Ready", "False", "AccessDenied");
        clients.of(stage.namespace(), "denied", "degraded_access_denied");
        stage.simulator().access().withoutPolicies();

        stage.applyClient("old", WEB);
        stage.awaitReady("old");
        stage.simulator().access().deny("*", "cognito-idp:DeleteUserPoolClient", "*");
        stage.delete("old");
        stage.awaitCondition("old", "Ready", "False", "AccessDenied");
        clients.of(stage.namespace(), "old", "degraded_deletion_refused");
        stage.simulator().access().withoutPolicies();
    }

    private void clientsInProgress(Sample clients) throws Exception {
        Fault throttled =
                stage.simulator().faults().on("CreateUserPoolClient").always().throttle();
        stage.applyClient("throttled", WEB);
        stage.awaitCondition("throttled", "Ready", "False", "Throttled");
        clients.of(stage.namespace(), "throttled", "progressing_throttled");
        throttled.remove();
        stage.awaitReady("throttled");

        Fault sleepy = stage.simulator()
                .faults()
                .on("DeleteUserPoolClient")
                .always()
                .failBeforeCommit("InternalErrorException", 500, "internal");
        stage.delete("throttled");
        stage.awaitCondition("throttled", "Ready", "False", "Deleting");
        clients.of(stage.namespace(), "throttled", "progressing_deleting");
        sleepy.remove();

        stage.applyClient("edited", WEB);
        stage.awaitReady("edited");
        Fault held = stage.simulator().faults().on("CreateUserPoolClient").pause();
        stage.applyClient("created", WEB);
        held.awaitHit(Duration.ofSeconds(30));
        stage.awaitCondition("created", "Ready", "False", "Creating");
        clients.of(stage.namespace(), "created", "progressing_creating");
        held.release();
        stage.awaitReady("created");

        stage.stopOperator();
        stage.applyClient("edited", EDITED);
        clients.of(stage.namespace(), "edited", "progressing_edited");
        stage.applyClient("fresh", WEB);
        clients.of(stage.namespace(), "fresh", "progressing_new");
    }

    @Test
    void theClaimsInTheTestdataAreReal() throws IOException {
        Sample claims = sample("ClientSecretClaim");
        claim(team, "early");
        awaitClaim(team, "early", "False", "NotAvailable");
        claims.of(team, "early", "healthy_not_available");
        claimIn(team, "early").delete();

        applyWeb("sharing: {namespaces: {from: All}}");
        stage.awaitReady("web");
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
        claims.of(team, "web", "healthy_synced");

        claim(team, "second", "name: web");
        awaitClaim(team, "second", "False", "SecretNameTaken");
        claims.of(team, "second", "degraded_secret_name_taken");

        foreignSecret(team, "taken");
        claim(team, "taken");
        awaitClaim(team, "taken", "False", "SecretConflict");
        claims.of(team, "taken", "degraded_secret_conflict");

        stage.annotate("web", Annotations.PAUSED, "true");
        awaitClaim(team, "web", "True", "Held");
        claims.of(team, "web", "healthy_held");
        claim(team, "late", "name: late");
        awaitClaim(team, "late", "False", "SourceNotReady");
        claims.of(team, "late", "progressing_source_not_ready");

        annotateClaim(team, "web", Annotations.PAUSED, "true");
        awaitClaim(team, "web", "False", "Paused");
        claims.of(team, "web", "suspended_paused");

        stage.stopOperator();
        claim(team, "fresh");
        claims.of(team, "fresh", "progressing_new");
        claims.assertComplete();
    }

    @Test
    void thePoolsInTheTestdataAreReal() throws IOException {
        Sample pools = sample("ClusterUserPool");
        stage.awaitPool(POOL, "InUse", "False", "NotInUse");
        stage.eventually()
                .until(() -> stage.pool()
                        .getMetadata()
                        .getGeneration()
                        .equals(stage.pool().getStatus().observedGeneration()));
        pools.of(stage.namespace(), POOL, "healthy_synced");
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        stage.awaitPool(POOL, "InUse", "True", "InUse");
        pools.of(stage.namespace(), POOL, "healthy_in_use");

        stage.applyPool("missing", "userPoolId: eu-west-1_Missing\nnamespaces: {from: All}");
        stage.awaitPool("missing", "Ready", "False", "PoolNotFound");
        pools.of(stage.namespace(), "missing", "degraded_pool_not_found");

        stage.applyPool("second", "namespaces: {from: All}");
        stage.awaitPool("second", "Ready", "False", "DuplicatePool");
        pools.of(stage.namespace(), "second", "degraded_duplicate_pool");

        stage.simulator().access().deny("*", "cognito-idp:DescribeUserPool", "*");
        stage.simulator().pool("eu-west-1_Denied");
        stage.applyPool("denied", "userPoolId: eu-west-1_Denied\nnamespaces: {from: All}");
        stage.awaitPool("denied", "Ready", "False", "AccessDenied");
        pools.of(stage.namespace(), "denied", "degraded_access_denied");
        stage.simulator().access().withoutPolicies();

        stage.admin().resources(ClusterUserPool.class).withName(POOL).delete();
        stage.eventually().until(() -> stage.pool().isMarkedForDeletion());
        stage.awaitPool(POOL, "Ready", "False", "PoolTerminating");
        pools.of(stage.namespace(), POOL, "progressing_deleting");

        stage.stopOperator();
        stage.applyPool("fresh", "userPoolId: eu-west-1_Fresh\nnamespaces: {from: All}");
        pools.of(stage.namespace(), "fresh", "progressing_new");
        pools.assertComplete();
    }

    private Sample sample(String kind) {
        return new Sample(kind, Map.of(stage.namespace(), "shop", team, "team-c"));
    }

    private void pool(String name, String settings) {
        stage.simulator().pool("eu-west-1_" + name).prefixDomain(name);
        stage.applyPool(name, "userPoolId: eu-west-1_" + name + "\n" + settings);
        stage.awaitPool(name, "Ready", "True", "Synced");
    }

    private void clientOf(String pool, String name) {
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: %s}
                spec: {userPoolRef: {name: %s}, appType: Confidential}
                """.formatted(name, pool));
    }
}
