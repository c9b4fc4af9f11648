package dev.appclients.cognito.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.WakeOnChange;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controller.workarounds.EndlessRetry;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator as a Quarkus application: settings, health, metrics and user agent. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class WiringIT {

    private static final String NAMESPACE = "wiring";

    @TestHTTPResource("/")
    URI url;

    @Inject
    Operator operator;

    @Inject
    OperatorSettings settings;

    @Inject
    BoundedConfig config;

    @Inject
    @KubernetesClientObjectMapper
    ObjectMapper json;

    private final KubernetesClient admin = TestCluster.admin();

    @Test
    void noBufferOfAnObjectIsUsedAgain() {
        assertThat(json.getFactory()._getRecyclerPool()).isInstanceOf(JsonRecyclerPools.NonRecyclingPool.class);
    }

    @BeforeEach
    void applyAPoolAndAClient() {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        admin.resource(Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClusterUserPool
                metadata: {name: wiring}
                spec:
                  userPoolId: eu-west-1_Wiring
                  aws: {identity: Operator}
                  tenancy: Trusted
                  namespaces: {from: All}
                """, ClusterUserPool.class)).serverSideApply();
        admin.resource(Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web, namespace: wiring}
                spec: {userPoolRef: {name: wiring}, appType: Confidential}
                """, UserPoolClient.class)).serverSideApply();
        eventually()
                .until(() ->
                        client().getStatus().conditions().getFirst().getStatus().equals("True"));
    }

    @AfterEach
    void deleteThem() {
        admin.resources(UserPoolClient.class)
                .inNamespace(NAMESPACE)
                .withName("web")
                .delete();
        eventually()
                .until(() -> admin.resources(UserPoolClient.class)
                                .inNamespace(NAMESPACE)
                                .withName("web")
                                .get()
                        == null);
        admin.resources(ClusterUserPool.class).withName("wiring").delete();
        // The next test must not apply it while it is being deleted.
        eventually()
                .until(() -> admin.resources(ClusterUserPool.class)
                                .withName("wiring")
                                .get()
                        == null);
        admin.close();
    }

    @Test
    void theConfigurationReachesTheSettings() {
        assertThat(settings).isEqualTo(OperatorSettings.DEFAULT.withDriftCheckInterval(Duration.ofHours(2)));
        assertThat(config.clusterName()).contains("wiring-test");
        assertThat(config.quotaShare()).isEqualTo(0.5);
        assertThat(config.leaderElection()).as("off in tests").isFalse();
    }

    @Test
    void theReconcilersAreRegisteredAsTheyAreAnnotated() {
        assertThat(operator.getRegisteredControllers())
                .extracting(registered -> registered.getConfiguration().getName())
                .containsExactlyInAnyOrder(ControllerNames.CLIENTS, ControllerNames.CLAIMS, ControllerNames.POOLS);
        for (RegisteredController<?> registered : operator.getRegisteredControllers()) {
            ControllerConfiguration<?> configuration = registered.getConfiguration();
            assertThat(configuration.getRetry()).isInstanceOf(EndlessRetry.class);
            assertThat(configuration.isGenerationAware()).isFalse();
            assertThat(configuration.getInformerConfig().getOnUpdateFilter()).isInstanceOf(WakeOnChange.class);
            assertThat(configuration.fieldManager()).isEqualTo("cognito-client-operator");
        }
        assertThat(client().getMetadata().getFinalizers()).containsExactly(ControllerNames.CLIENT_FINALIZER);
    }

    @Test
    void itWritesAndCallsUnderItsOwnName() throws IOException {
        Secret secret = admin.secrets().inNamespace(NAMESPACE).withName("web").require();
        assertThat(secret.getMetadata().getManagedFields())
                .extracting(ManagedFieldsEntry::getManager)
                .containsOnly("cognito-client-operator");
        String log = new String(Files.readAllBytes(TestCluster.auditLog()), StandardCharsets.UTF_8);
        // The API server may be in the middle of a line.
        assertThat(
                        log.substring(0, log.lastIndexOf('\n') + 1)
                                .lines()
                                .filter(
                                        line -> line.contains(
                                                "\"username\":\"system:serviceaccount:cognito-client-operator:cognito-client-operator\"")))
                .isNotEmpty()
                .allMatch(line -> line.contains("\"userAgent\":\"cognito-client-operator\""));
    }

    @Test
    void readinessAndLivenessAnswer() {
        assertThat(get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsHaveTheSeriesOfTheFrameworkAndOfTheOperator() {
        // The last reconciliation is counted after its status is written.
        eventually()
                .untilAsserted(
                        () -> assertThat(get("/q/metrics").body())
                                .contains(
                                        "reconciliations_started_total{controller_name=\"userpoolclient\"}",
                                        "reconciliations_success_total{controller_name=\"clusteruserpool\"}",
                                        // Both exist only with the meter filter.
                                        "events_received_total{action=\"ADDED\",controller_name=\"userpoolclient\",event=\"ResourceEvent\"}",
                                        "events_received_total{action=\"unknown\",controller_name=\"userpoolclient\",event=\"Event\"}",
                                        "cognito_client_operator_aws_call_seconds_count{operation=\"CreateUserPoolClient\",outcome=\"OK\",region=\"eu-west-1\"}",
                                        "cognito_client_operator_status_not_written_total{controller_name=\"userpoolclient\",reason=\"FAILED\"}",
                                        "cognito_client_operator_status_not_written_total{controller_name=\"clusteruserpool\",reason=\"CONFLICT\"}",
                                        "custom_resources{controller_name=\"userpoolclient\"}",
                                        "cognito_client_operator_heap_live_ratio",
                                        "cognito_client_operator_clients_capacity",
                                        "cognito_client_operator_unexpected_errors_total{controller_name=\"userpoolclient\"} 0.0",
                                        "cognito_client_operator_aws_budget_wait_seconds_count{operation=\"DescribeUserPool\",region=\"eu-west-1\"}"));
    }

    private UserPoolClient client() {
        return admin.resources(UserPoolClient.class)
                .inNamespace(NAMESPACE)
                .withName("web")
                .require();
    }

    private HttpResponse<String> get(String path) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(url.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while asking the operator", e);
        }
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions();
    }
}
