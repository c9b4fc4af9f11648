package dev.appclients.cognito.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.workarounds.LeaderElection;
import dev.appclients.cognito.controlplane.OperatorRbac;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.crash.HeldUpApiServer;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The leader keeps its lease whatever else the operator sends to the API server. */
class LeaseIT {

    private static final Duration LEASE = Duration.ofSeconds(6);

    /** An operator that loses its lease exits, which ends each wait at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** More than the connections of the operator's client. */
    private static final int CLIENTS = 40;

    private final Stage stage = Stage.withoutOperator(Stage.SETTINGS);
    private final KubernetesClient admin = TestCluster.admin();
    private final HeldUpApiServer apiServer = HeldUpApiServer.open();

    @TempDir
    private Path directory;

    private PackagedOperator operator;

    @BeforeEach
    void start() {
        operator = PackagedOperator.start(
                directory,
                "holder",
                stage.simulator().endpoint(),
                Map.of(
                        "KUBECONFIG",
                        apiServer
                                .writeKubeconfig(directory.resolve("held-up.kubeconfig"))
                                .toString(),
                        "COGNITO_CLIENT_OPERATOR_LEASE_DURATION",
                        LEASE.toSeconds() + "s",
                        "COGNITO_CLIENT_OPERATOR_QUOTAS",
                        "false"));
        operator.awaitStarted().awaitLeading();
        stage.applyPool();
        stage.applyClient("first");
        stage.awaitReady("first");
    }

    @AfterEach
    void close() {
        operator.close();
        apiServer.close();
        admin.close();
        stage.close();
    }

    @Test
    void theLeaseIsRenewedWhileEveryConnectionOfTheReconciliationsHangs() {
        apiServer.hold();
        LeaseSpec before = lease();
        for (int i = 0; i < CLIENTS; i++) {
            stage.applyClient("client-" + i);
        }
        await().atMost(PATIENCE).until(() -> apiServer.held() >= 8);

        await().atMost(PATIENCE)
                .failFast(() -> !operator.handle().isAlive())
                .until(() ->
                        lease().getRenewTime().isAfter(before.getRenewTime().plus(LEASE.multipliedBy(2))));

        apiServer.release();
        for (int i = 0; i < CLIENTS; i++) {
            stage.awaitReady("client-" + i);
        }
        assertThat(operator.text()).doesNotContain("Lost the leader's lease");
        assertThat(lease().getHolderIdentity()).isEqualTo("holder");
        assertThat(lease().getLeaseTransitions()).isEqualTo(before.getLeaseTransitions());
    }

    @Test
    void aLeaseRequestWithoutAResponseDoesNotLoseTheLease() {
        apiServer.swallowALeaseRequest();
        await().atMost(PATIENCE).until(apiServer::hasSwallowed);
        ZonedDateTime lastRenewal = lease().getRenewTime();

        await().atMost(PATIENCE)
                .failFast(() -> !operator.handle().isAlive())
                .until(() -> lease().getRenewTime().isAfter(lastRenewal));

        stage.applyClient("second");
        stage.awaitReady("second");
        assertThat(operator.text()).doesNotContain("Lost the leader's lease");
    }

    private LeaseSpec lease() {
        return admin.leases()
                .inNamespace(OperatorRbac.NAMESPACE)
                .withName(LeaderElection.LEASE)
                .require()
                .getSpec();
    }
}
