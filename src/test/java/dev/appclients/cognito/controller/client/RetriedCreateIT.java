package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controlplane.Versions;
import dev.appclients.cognito.simulator.Fault;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

/** The operator retries a failed create without end. The status shows one reason, not each attempt. */
class RetriedCreateIT extends OnStage {

    @Test
    void theStatusDoesNotChangeWithEachAttempt() {
        Fault denied = stage.simulator()
                .faults()
                .on("CreateUserPoolClient")
                .always()
                .failBeforeCommit("AccessDeniedException", 400, "not authorized");
        stage.applyClient("web", WEB);
        stage.awaitCondition("web", "Ready", "False", "AccessDenied");
        Set<String> said = new ConcurrentSkipListSet<>();
        Set<String> handled = ConcurrentHashMap.newKeySet();

        try (Versions<UserPoolClient> watch = watch(said, handled)) {
            for (int attempt = 2; attempt <= 4; attempt++) {
                long made = attempt;
                stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "attempt " + attempt);
                stage.eventually()
                        .until(() -> stage.simulator()
                                                .journal()
                                                .of("CreateUserPoolClient")
                                                .size()
                                        >= made
                                && stage.status("web").pendingCreate() == null
                                && ("attempt " + made)
                                        .equals(stage.status("web").lastHandledReconcileAt()));
            }
            // The watch is later than a read.
            stage.eventually().until(() -> handled.contains("attempt 4"));
        }

        assertThat(said).containsExactly("Ready=False AccessDenied", "Stalled=True AccessDenied");

        denied.remove();
        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "it is allowed");

        stage.awaitReady("web");
    }

    private Versions<UserPoolClient> watch(Set<String> said, Set<String> handled) {
        return Versions.of(
                stage.admin().resources(UserPoolClient.class).inNamespace(stage.namespace()), (action, client) -> {
                    if (client.getStatus() == null) {
                        return;
                    }
                    client.getStatus().conditions().stream()
                            .filter(condition ->
                                    Set.of("Ready", "Reconciling", "Stalled").contains(condition.getType()))
                            .map(RetriedCreateIT::words)
                            .forEach(said::add);
                    handled.add(String.valueOf(client.getStatus().lastHandledReconcileAt()));
                });
    }

    private static String words(Condition condition) {
        return condition.getType() + "=" + condition.getStatus() + " " + condition.getReason();
    }
}
