package dev.appclients.cognito.gitops;

import static dev.appclients.cognito.controller.Stage.POOL;
import static dev.appclients.cognito.controller.Stage.POOL_ID;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.controller.FailingClock;
import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.pool.PoolObserver;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.simulator.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Brings an object of each kind into each state, and compares it with the testdata for Argo CD. */
class ArgoTestdataIT extends OnClaimStage {

    private static final String EDITED = WEB + "authSessionValidity: 5m\n";
    private static final Throwable DEFECT = new IllegalStateException("a defect");

    private final FailingClock failing = new FailingClock(clock);

    @Override
    public InstantSource time() {
        return failing;
    }

    @Test
    void theClientsInTheTestdataAreReal() throws Exception {
        Sample clients = sample("UserPoolClient");
        healthyClients(clients);
        clientsWithoutAnInfluenceOnReady(clients);
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
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: untouched, annotations: {cognito.appclients.dev/paused: "true"}}
                spec: {userPoolRef: {name: customers}, appType: Confidential, mode: Observe}
                """);
        stage.awaitCondition("untouched", "Ready", "False", "Paused");
        clients.of(stage.namespace(), "untouched", "suspended_new");

        stage.applyClient("observed", WEB);
        stage.awaitReady("observed");
        stage.applyClient("observed", WEB + "mode: Observe\n");
        stage.awaitCondition("observed", "Drifted", "False", "NoDrift");
        stage.awaitReady("observed");
        clients.of(stage.namespace(), "observed", "healthy_observed");
        stage.changeInCognito("observed", Map.of("AuthSessionValidity", 9));
        stage.annotate("observed", Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.awaitCondition("observed", "Drifted", "True", "Drifted");
        stage.awaitReady("observed");
        clients.of(stage.namespace(), "observed", "healthy_drifted");

        stage.applyClient("doubtful", WEB);
        stage.annotate("doubtful", Annotations.PAUSED, "yes");
        stage.awaitEvents("doubtful", "Doubtful");
        stage.awaitReady("doubtful");
        clients.of(stage.namespace(), "doubtful", "healthy_with_warning");
    }

    private void clientsWithoutAnInfluenceOnReady(Sample clients) {
        stage.simulator().pool("eu-west-1_classic").prefixDomain("classic", 1);
        trustedPool("classic");
        signingIn("classic", "classic");
        stage.awaitCondition("classic", "LoginPage", "True", "Available");
        clients.of(stage.namespace(), "classic", "healthy_login_page");
        stage.simulator().pool("eu-west-1_bare");
        trustedPool("bare");
        signingIn("bare", "bare");
        stage.awaitCondition("bare", "LoginPage", "False", "NoDomain");
        clients.of(stage.namespace(), "bare", "healthy_without_domain");

        stage.simulator().access().deny("*", "cognito-idp:AddUserPoolClientSecret", "*");
        stage.applyClient("rotated", WEB);
        stage.awaitReady("rotated");
        stage.annotate("rotated", Annotations.ROTATE_REQUESTED_AT, "first");
        stage.awaitCondition("rotated", "RotationPending", "True", "AccessDenied");
        clients.of(stage.namespace(), "rotated", "healthy_rotation_blocked");
        stage.simulator().access().withoutPolicies();
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
        // Else its retry, at a random time, may be the create that clientsInProgress holds.
        stage.annotate("denied", Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.awaitReady("denied");

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

        failing.failIn(CheckMemory.class, DEFECT);
        stage.applyClient("broken", WEB);
        stage.awaitCondition("broken", "Ready", "Unknown", "UnexpectedError");
        clients.of(stage.namespace(), "broken", "progressing_unexpected_error");
        failing.work();

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

        failing.failIn(CheckMemory.class, DEFECT);
        claim(team, "broken", "name: broken");
        awaitClaim(team, "broken", "Unknown", "UnexpectedError");
        claims.of(team, "broken", "progressing_unexpected_error");
        failing.work();

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

        stage.removeAnnotation("web", Annotations.PAUSED);
        awaitClaim(team, "late", "True", "Synced");
        applyWeb("");
        awaitClaim(team, "late", "False", "NotAvailable");
        claims.of(team, "late", "healthy_not_available_withdrawn");

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

        Fault throttled =
                stage.simulator().faults().on("DescribeUserPool").always().throttle();
        stage.simulator().pool("eu-west-1_Slow");
        stage.applyPool("slow", "userPoolId: eu-west-1_Slow\nnamespaces: {from: All}");
        stage.awaitPool("slow", "Ready", "False", "Throttled");
        pools.of(stage.namespace(), "slow", "progressing_throttled");
        throttled.remove();
        failing.failIn(PoolObserver.class, DEFECT);
        stage.simulator().pool("eu-west-1_Broken");
        stage.applyPool("broken", "userPoolId: eu-west-1_Broken\nnamespaces: {from: All}");
        stage.awaitPool("broken", "Ready", "Unknown", "UnexpectedError");
        pools.of(stage.namespace(), "broken", "progressing_unexpected_error");
        failing.work();

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

    private void trustedPool(String name) {
        stage.applyPool(name, "userPoolId: eu-west-1_" + name + "\nnamespaces: {from: All}");
        stage.awaitPool(name, "Ready", "True", "Synced");
    }

    private void signingIn(String pool, String name) {
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: %s}
                spec:
                  userPoolRef: {name: %s}
                %s""".formatted(name, pool, WEB.indent(2)));
        stage.awaitReady(name);
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
