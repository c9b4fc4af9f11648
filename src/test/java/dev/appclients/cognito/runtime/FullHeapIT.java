package dev.appclients.cognito.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.workarounds.LeaderElection;
import dev.appclients.cognito.controlplane.OperatorJar;
import dev.appclients.cognito.controlplane.OperatorRbac;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More clients than fit the heap. Another replica leads, so that the operator only lists and watches them. */
class FullHeapIT {

    private static final String NAMESPACE = "full-heap";
    private static final int CLIENTS = 1500;
    private static final int AT_ONCE = 16;
    private static final KubernetesClient ADMIN = TestCluster.admin();

    @TempDir
    private Path directory;

    @BeforeAll
    static void createClientsAndHoldTheLease() {
        ADMIN.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        ADMIN.resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName(LeaderElection.LEASE)
                        .withNamespace(OperatorRbac.NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("another-replica")
                        .withLeaseDurationSeconds(3600)
                        .withAcquireTime(ZonedDateTime.now(ZoneOffset.UTC))
                        .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .unlock()
                .createOr(lease -> lease.update());
        Semaphore turns = new Semaphore(AT_ONCE);
        try (ExecutorService creates = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                String name = "client-" + i;
                turns.acquireUninterruptibly();
                creates.execute(() -> {
                    try {
                        ADMIN.resource(client(name)).create();
                    } finally {
                        turns.release();
                    }
                });
            }
        }
    }

    @AfterAll
    static void deleteThem() {
        ADMIN.resources(UserPoolClient.class).inNamespace(NAMESPACE).delete();
        ADMIN.leases()
                .inNamespace(OperatorRbac.NAMESPACE)
                .withName(LeaderElection.LEASE)
                .delete();
        ADMIN.namespaces().withName(NAMESPACE).delete();
        ADMIN.close();
    }

    @Test
    void aHeapTooSmallForTheClientsIsAWarningAtTheStartAndAnErrorWithTheFix() {
        try (PackagedOperator operator = start("too-small", "-Xmx22m").awaitEnd()) {
            assertThat(operator.messages("WARN"))
                    .anyMatch(message -> message.startsWith("The maximum heap is 22 MiB")
                            && message.contains("It is enough for 0 UserPoolClients without copies. The cluster has ")
                            && message.endsWith("-Xmx in JDK_JAVA_OPTIONS to 64m."));
            // Another thread may log a line until the process has ended.
            assertThat(operator.messages("ERROR"))
                    .last()
                    .asString()
                    .matches(
                            "The heap is full\\. The operator exits, and Kubernetes restarts it\\. The maximum heap of 22"
                                    + " MiB is enough for 0 UserPoolClients without copies, and the operator has 1\\d\\d\\d UserPoolClients"
                                    + " and \\d+ ClientSecretClaims\\. Raise the memory limit"
                                    + " of the operator's container to 224Mi and -Xmx in JDK_JAVA_OPTIONS to 64m\\.");
            assertThat(operator.exitCode()).isEqualTo(HeapWatch.HEAP_IS_FULL);
        }
    }

    @Test
    void aReplicaThatDoesNotLeadLogsThatItsHeapIsEnough() {
        try (PackagedOperator operator = start("follower", "-Xmx96m").awaitStarted()) {
            assertThat(operator.messages("INFO"))
                    .filteredOn(message -> message.contains("The cluster has "))
                    .singleElement()
                    .asString()
                    .matches(".* The cluster has 1[5-9]\\d\\d UserPoolClients and \\d+ ClientSecretClaims\\.");
            assertThat(operator.messages("WARN")).isEmpty();
        }
    }

    private PackagedOperator start(String name, String heap) {
        return PackagedOperator.start(
                directory,
                name,
                URI.create("http://127.0.0.1:9"),
                Map.of(),
                OperatorJar.of(Path.of("")).command(List.of(heap)));
    }

    private static UserPoolClient client(String name) {
        return Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: %s, namespace: %s}
                spec:
                  userPoolRef: {name: none}
                  appType: Confidential
                  callbackURLs: ["https://%s.example.com/callback", "https://%s.example.com/other"]
                """.formatted(name, NAMESPACE, name, name), UserPoolClient.class);
    }
}
