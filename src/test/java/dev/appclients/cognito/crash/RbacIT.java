package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controlplane.GrantedRights;
import dev.appclients.cognito.controlplane.OperatorRbac;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The operator uses exactly the verbs that it is granted for the whole cluster, as the API server's audit log shows. */
class RbacIT {

    /** Never used, since the lease is renewed by patch. The framework requires it when it reviews its permissions at the start. */
    private static final String ONLY_REVIEWED = "coordination.k8s.io leases: update";

    @Test
    void everyGrantedVerbIsUsedAndNoOtherIsRequested() throws IOException {
        AuditedRequests requests = AuditedRequests.of(OperatorRbac.NAMESPACE, OperatorRbac.SERVICE_ACCOUNT);

        runEveryPath();

        assertThat(requests.forbidden()).as("requested and not granted").isEmpty();
        Set<String> granted = GrantedRights.ofTheWholeCluster();
        assertThat(granted.remove(ONLY_REVIEWED)).isTrue();
        assertThat(requests.rights()).as("used").containsExactlyInAnyOrderElementsOf(granted);
    }

    /** Runs every path of the operator that needs a verb of its own. */
    private static void runEveryPath() {
        try (Scene scene = Scene.open(OperatorSettings.DEFAULT, RbacIT::inAContestedCluster)) {
            Scenario.CREATE.begin(scene, "web");
            scene.stage().awaitReady("web");
            for (Scenario scenario : List.of(
                    Scenario.UPDATE,
                    Scenario.RESTORE_AN_EDITED_SECRET,
                    Scenario.RESTORE_A_DELETED_SECRET,
                    // The second restore patches the event of the first.
                    Scenario.RESTORE_A_DELETED_SECRET,
                    Scenario.RENAME_THE_SECRET)) {
                scene.settle();
                scenario.begin(scene, "web");
                scene.awaitQuiet();
                // Ready stays True while a Secret is restored.
                scene.stage().eventually().untilAsserted(() -> scene.assertSynced("web", scene.settingsOf("web")));
            }
            rotate(scene);
            scene.settle();
            try (SharedClient shared = SharedClient.apply(scene.stage())) {
                shared.runEveryPath();
            }
            scene.settle();
            scene.remove("web");
            scene.stage().removePool();
            scene.awaitQuiet();
            scene.stopOrderly();
        }
    }

    /** A rotation writes a record, reads the Secrets of the client, and deletes a secret. */
    private static void rotate(Scene scene) {
        Stage stage = scene.stage();
        int rotations = 0;
        stage.applyClient("rotated", "appType: Confidential\n");
        String clientId = Objects.requireNonNull(stage.awaitReady("rotated").clientId());
        for (String request : List.of("first", "second")) {
            String old = stage.simulator()
                    .client(Stage.POOL_ID, clientId)
                    .secrets()
                    .getFirst()
                    .id();
            stage.annotate("rotated", Annotations.ROTATE_REQUESTED_AT, request);
            long revision = ++rotations + 1L;
            stage.eventually()
                    .until(() -> Objects.requireNonNull(stage.status("rotated").secret())
                                    .revision()
                            == revision);
            stage.annotate("rotated", Annotations.RETIRE_SECRET, old);
            stage.eventually()
                    .until(() -> stage.simulator()
                                    .client(Stage.POOL_ID, clientId)
                                    .secrets()
                                    .size()
                            == 1);
            scene.settle();
        }
        stage.delete("rotated");
        stage.awaitGone("rotated");
    }

    /** Another writer conflicts with the finalizer patches of the operator, adding and removing it, and with the status of a claim. */
    private static Scene.Handle inAContestedCluster(FaultProxy proxy, OperatorSettings settings) {
        Message conflict = Message.answer(409, "application/json", """
                {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Conflict","code":409}""");
        for (String what : List.of("patch userpoolclients", "patch clusteruserpools")) {
            Call patch = new Call(Call.Api.KUBERNETES, what);
            // The second patch repeats the first. The third removes the finalizer.
            proxy.arm(InjectedFault.at(new NthCall(patch, 1), new InjectedFault.Effect.Answer(conflict)));
            proxy.arm(InjectedFault.at(new NthCall(patch, 3), new InjectedFault.Effect.Answer(conflict)));
        }
        // After a conflict the operator gets the claim.
        Call status = new Call(Call.Api.KUBERNETES, "patch clientsecretclaims/status");
        proxy.arm(InjectedFault.at(new NthCall(status, 1), new InjectedFault.Effect.Answer(conflict)));
        return new LeadingOperator(proxy, settings);
    }
}
