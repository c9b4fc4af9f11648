package dev.appclients.cognito.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the control plane of the test bed. */
class ControlPlaneIT {

    private KubernetesClient admin;
    private Namespace namespace;

    @BeforeEach
    void createANamespace() {
        admin = TestCluster.admin();
        namespace = admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("plane-")
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void deleteTheNamespace() {
        admin.resource(namespace).delete();
        admin.close();
    }

    @Test
    void aDeletedNamespaceDisappearsWithItsObjects() {
        ConfigMap inside = admin.resource(configMap("inside").build()).create();

        admin.resource(namespace).delete();

        admin.resource(namespace).waitUntilCondition(Objects::isNull, 120, SECONDS);
        assertThat(admin.resource(inside).get()).isNull();
    }

    @Test
    void theGarbageCollectorDeletesObjectsWhoseOwnerIsDeleted() {
        ConfigMap owner = admin.resource(configMap("owner").build()).create();
        ConfigMap owned = admin.resource(configMap("owned")
                        .editMetadata()
                        .addNewOwnerReference()
                        .withApiVersion("v1")
                        .withKind("ConfigMap")
                        .withName("owner")
                        .withUid(owner.getMetadata().getUid())
                        .endOwnerReference()
                        .endMetadata()
                        .build())
                .create();

        admin.resource(owner).delete();

        admin.resource(owned).waitUntilCondition(Objects::isNull, 120, SECONDS);
    }

    @Test
    void theOperatorHasExactlyTheRightsOfItsRbac() {
        try (KubernetesClient operator = Clients.of(TestCluster.operatorConfig())) {
            HasMetadata secret = new SecretBuilder()
                    .withNewMetadata()
                    .withName("granted")
                    .withNamespace(namespace.getMetadata().getName())
                    .endMetadata()
                    .build();
            HasMetadata configMap = configMap("granted").build();
            operator.resource(secret).create();
            operator.resource(configMap).create();

            assertRefused(() -> operator.resource(configMap).update());
            assertRefused(() -> operator.resource(secret).update());
            assertRefused(() -> operator.pods().inAnyNamespace().list());
            assertRefused(() -> operator.resource(namespace).delete());
            assertRefused(() -> operator.leases()
                    .inNamespace(namespace.getMetadata().getName())
                    .withName("elsewhere")
                    .get());
        }
    }

    @Test
    void theAuditLogRecordsUserVerbAndObject() throws IOException {
        // The log of the tests before is long.
        long from = Files.size(TestCluster.auditLog());
        try (KubernetesClient operator = Clients.of(TestCluster.operatorConfig())) {
            operator.secrets()
                    .inNamespace(namespace.getMetadata().getName())
                    .withName("audited")
                    .get();
        }

        assertThat(auditLog(from).lines())
                .anySatisfy(line -> assertThat(line)
                        .contains("\"verb\":\"get\"")
                        .contains(
                                "\"username\":\"system:serviceaccount:cognito-client-operator:cognito-client-operator\"")
                        .contains("\"name\":\"audited\""));
    }

    private static String auditLog(long from) throws IOException {
        try (var log = Files.newByteChannel(TestCluster.auditLog()).position(from);
                var in = Channels.newInputStream(log)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void aSecondControlPlaneRunsBesideTheFirstAndLeavesNoProcessRunning(@TempDir Path directory) {
        ControlPlane plane = ControlPlane.start(directory);
        List<ProcessLedger.Entry> processes = ControlPlane.ledger(directory).entries();
        assertThat(processes)
                .extracting(ProcessLedger.Entry::name)
                .containsExactly("etcd", "kube-apiserver", "kube-controller-manager");
        assertThat(processes).allSatisfy(process -> assertThat(process.live()).isPresent());

        plane.close();

        assertThat(processes).allSatisfy(process -> assertThat(process.live()).isEmpty());
    }

    @Test
    void aRestartedApiServerServesItsDataOnTheSamePort(@TempDir Path directory) {
        try (ControlPlane plane = ControlPlane.start(directory);
                KubernetesClient client = Clients.of(plane.adminConfig())) {
            client.resource(elsewhere()).create();

            plane.stopApiServer();
            assertThatThrownBy(() -> client.raw("/readyz")).isInstanceOf(KubernetesClientException.class);
            plane.startApiServer();

            assertThat(client.resource(elsewhere()).get()).isNotNull();
            assertThat(ControlPlane.ledger(directory).find("kube-apiserver").flatMap(ProcessLedger.Entry::live))
                    .isPresent();
        }
    }

    @Test
    void aFrozenApiServerAnswersAfterItIsThawed(@TempDir Path directory) {
        try (ControlPlane plane = ControlPlane.start(directory);
                KubernetesClient client = Clients.of(plane.adminConfig())) {
            plane.freezeApiServer();
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(
                    () -> client.raw("/readyz"),
                    command -> Thread.ofPlatform().daemon().start(command));
            assertThatThrownBy(() -> answer.get(1, SECONDS)).isInstanceOf(TimeoutException.class);

            plane.thawApiServer();

            assertThat(answer).succeedsWithin(Duration.ofMinutes(2)).isEqualTo("ok");
        }
    }

    private static ConfigMap elsewhere() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("kept")
                .withNamespace("default")
                .endMetadata()
                .build();
    }

    @Test
    void aFailedStartLeavesNoProcessRunning(@TempDir Path directory) throws IOException {
        Path crds = Files.createDirectory(directory.resolve("crds"));
        Files.writeString(crds.resolve("broken.yaml"), """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: not.a.valid.definition}
                """);

        assertThatThrownBy(() -> ControlPlane.start(directory, List.of(crds)))
                .isInstanceOf(KubernetesClientException.class);

        assertThat(ControlPlane.ledger(directory).entries())
                .isNotEmpty()
                .allSatisfy(process -> assertThat(process.live()).isEmpty());
    }

    private ConfigMapBuilder configMap(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace.getMetadata().getName())
                .endMetadata();
    }

    private static void assertRefused(ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refusal -> assertThat(refusal.getCode()).isEqualTo(403));
    }
}
