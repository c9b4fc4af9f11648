package dev.appclients.cognito.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.simulator.Simulator;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LifeOfAClientIT {

    @Test
    void anAppliedClientBecomesReadyWithASecret() {
        try (Simulator simulator = Simulator.start();
                KubernetesClient admin = TestCluster.admin();
                RunningOperator operator = RunningOperator.start(simulator.endpoint())) {
            simulator.pool("eu-west-1_Shop");
            admin.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("shop")
                            .endMetadata()
                            .build())
                    .create();
            ClusterUserPool pool =
                    io.fabric8.kubernetes.client.utils.Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClusterUserPool
                metadata: {name: customers}
                spec:
                  userPoolId: eu-west-1_Shop
                  aws: {identity: Operator}
                  tenancy: Trusted
                  namespaces: {from: All}
                """, ClusterUserPool.class);
            admin.resource(pool).create();
            UserPoolClient client =
                    io.fabric8.kubernetes.client.utils.Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web, namespace: shop}
                spec:
                  userPoolRef: {name: customers}
                  appType: Confidential
                """, UserPoolClient.class);
            long begun = System.nanoTime();
            admin.resource(client).create();
            try {
                await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                    var now = admin.resource(client).get();
                    assertThat(now.getStatus().conditions())
                            .anyMatch(c ->
                                    c.getType().equals("Ready") && c.getStatus().equals("True"));
                });
            } finally {
                System.out.println(io.fabric8.kubernetes.client.utils.Serialization.asYaml(
                        admin.resource(pool).get()));
                System.out.println(io.fabric8.kubernetes.client.utils.Serialization.asYaml(
                        admin.resource(client).get()));
                System.out.println((System.nanoTime() - begun) / 1_000_000 + " ms");
                System.out.println(io.fabric8.kubernetes.client.utils.Serialization.asYaml(
                        admin.secrets().inNamespace("shop").withName("web").get()));
                System.out.println(simulator.journal().entries());
            }
        }
    }
}
