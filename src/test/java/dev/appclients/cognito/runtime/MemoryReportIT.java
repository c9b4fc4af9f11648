package dev.appclients.cognito.runtime;

import static dev.appclients.cognito.runtime.Capacity.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The start logs a warning and continues when the API server does not count the clients. */
class MemoryReportIT {

    private static final Memory SHIPPED = new Memory(96 * MIB, OptionalLong.of(256 * MIB));
    private static final Logger LOGGER = Logger.getLogger(MemoryReport.class.getName());

    private final List<LogRecord> lines = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(listener);
    }

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(listener);
    }

    @Test
    void aForbiddenCountIsAWarningWithTheMessageOfTheApiServer() {
        report(new ConfigBuilder(TestCluster.adminConfig())
                .withImpersonateUsername("nobody-in-particular")
                .build());

        assertThat(warning())
                .startsWith("The maximum heap is 96 MiB of a memory limit of 256 MiB. It is enough for ")
                .contains("The operator cannot count those in the cluster", "nobody-in-particular", "is forbidden");
    }

    @Test
    void clientsAndClaimsAreCountedInTheServedNamespaces() {
        Memory tiny = new Memory(Capacity.heap(new WatchedObjects(0, 0)), OptionalLong.empty());
        try (KubernetesClient kubernetes = Clients.of(TestCluster.adminConfig())) {
            String namespace = kubernetes
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withGenerateName("counted-")
                            .endMetadata()
                            .build())
                    .create()
                    .getMetadata()
                    .getName();
            for (String name : List.of("one", "two")) {
                ClientSecretClaim claim =
                        Serialization.unmarshal("""
                        apiVersion: cognito.appclients.dev/v1beta1
                        kind: ClientSecretClaim
                        metadata: {name: %s, namespace: %s}
                        spec: {clientRef: {namespace: shop, name: web}}
                        """.formatted(name, namespace), ClientSecretClaim.class);
                kubernetes.resource(claim).create();
            }
            MemoryReport report = new MemoryReport(tiny, kubernetes, Set.of(namespace));

            report.logCapacity();

            assertThat(report.counted()).isEqualTo(new WatchedObjects(0, 2));
            assertThat(lines)
                    .singleElement()
                    .satisfies(line -> assertThat(line.getMessage())
                            .contains("The served namespaces have", "0 UserPoolClients and 2 ClientSecretClaims"));
            kubernetes.namespaces().withName(namespace).delete();
        }
    }

    @Test
    void anApiServerThatDoesNotAnswerIsAWarningToo() {
        report(new ConfigBuilder(TestCluster.adminConfig())
                .withMasterUrl("https://127.0.0.1:9")
                .withRequestRetryBackoffLimit(0)
                .build());

        assertThat(warning()).contains("The operator cannot count those in the cluster");
    }

    private static void report(Config config) {
        try (KubernetesClient kubernetes = Clients.of(config)) {
            MemoryReport report = new MemoryReport(SHIPPED, kubernetes, Set.of());

            report.requireEnough();
            report.logCapacity();

            assertThat(report.counted()).isEqualTo(new WatchedObjects(0, 0));
        }
    }

    private String warning() {
        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line.getLevel().intValue()).isEqualTo(Level.WARNING.intValue()));
        return lines.getFirst().getMessage();
    }
}
