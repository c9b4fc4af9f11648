package dev.appclients.cognito.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The frame of each reconciliation. */
class PassScopeTest {

    private static final String UID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

    private final ReconcileGate gate = new ReconcileGate(true);
    private final Set<String> memory = new HashSet<>(Set.of(UID, "another"));
    private boolean gone;

    private final PassScope<UserPoolClient> scope = new PassScope<>(
            gate,
            new PassAppClients(null, new AwsWaitLimit()),
            client -> gone,
            id -> {},
            List.of(new PassScope.Memory(memory::remove, memory::size)));

    @Test
    void noReconciliationRunsDuringShutdown() {
        gate.stop();

        assertThat(scope.run(client(), "not run", () -> "run")).isEqualTo("not run");
    }

    @Test
    void entriesOfALivingObjectStay() {
        assertThat(scope.run(client(), "not run", () -> "run")).isEqualTo("run");

        assertThat(scope.remembered()).isEqualTo(2);
    }

    @Test
    void entriesOfAnObjectThatIsDeletedDuringTheReconciliationAreRemoved() {
        scope.run(client(), "not run", () -> {
            gone = true;
            return "run";
        });

        assertThat(memory).containsExactly("another");
    }

    @Test
    void aFailedReconciliationIsNoLongerInFlight() throws InterruptedException {
        assertThatThrownBy(() -> scope.run(client(), "not run", () -> {
                    throw new IllegalStateException("failed");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(gate.awaitIdle(Duration.ZERO)).isTrue();
    }

    private static UserPoolClient client() {
        UserPoolClient client = new UserPoolClient();
        client.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName("web")
                .withUid(UID)
                .build());
        return client;
    }
}
