package dev.appclients.cognito.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controlplane.OperatorRbac;
import dev.appclients.cognito.simulator.JournalEntry;
import dev.appclients.cognito.simulator.Simulator;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's namespace is deleted, and the operator is installed again. */
class RecoveryIT {

    private static final String POOL_ID = "eu-west-1_Shop";

    @TempDir
    private Path directory;

    @Test
    void anOperatorThatIsInstalledAgainContinuesWithItsClientsWithoutACallForThem() {
        try (Simulator simulator = Simulator.start();
                SecondCluster cluster = SecondCluster.start(directory)) {
            simulator.quotas().off();
            simulator.pool(POOL_ID);
            cluster.startOperator(simulator.endpoint());
            cluster.applyPool(POOL_ID);
            cluster.applyClient("web", "appType: Confidential");
            eventually().until(() -> isReady(client(cluster, "web")));
            String id = Objects.requireNonNull(
                    client(cluster, "web").require().getStatus().clientId());

            cluster.stopOperator();
            cluster.admin().namespaces().withName(OperatorRbac.NAMESPACE).delete();
            eventually()
                    .until(() -> cluster.admin()
                                    .namespaces()
                                    .withName(OperatorRbac.NAMESPACE)
                                    .get()
                            == null);
            client(cluster, "web").delete();
            cluster.applyClient("web-2", "appType: Confidential");
            assertThat(secret(cluster.admin())).isTrue();
            simulator.journal().clear();
            cluster.installRbac();
            cluster.startOperator(simulator.endpoint());

            eventually().until(() -> isReady(client(cluster, "web-2")));
            eventually().until(() -> client(cluster, "web").get() == null);
            assertThat(simulator.journal().entries())
                    .filteredOn(entry -> id.equals(entry.clientId()))
                    .extracting(JournalEntry::operation)
                    .doesNotContain("CreateUserPoolClient", "UpdateUserPoolClient");
            assertThat(simulator.clients(POOL_ID)).hasSize(1);
        }
    }

    private static boolean secret(KubernetesClient admin) {
        return admin.secrets().inNamespace("default").withName("web").get() != null;
    }

    private static boolean isReady(Resource<UserPoolClient> client) {
        return Conditions.find(client.require().getStatus().conditions(), Conditions.READY)
                .filter(condition -> condition.getStatus().equals("True"))
                .isPresent();
    }

    private static Resource<UserPoolClient> client(SecondCluster cluster, String name) {
        return cluster.admin()
                .resources(UserPoolClient.class)
                .inNamespace("default")
                .withName(name);
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
    }
}
