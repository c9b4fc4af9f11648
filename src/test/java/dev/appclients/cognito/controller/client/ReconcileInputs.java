package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.model.NamespaceSnapshot;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.PoolFacts;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Set;

/** Inputs of reconciliations without a cluster: objects that pool {@link Stage#POOL_ID} admits. */
final class ReconcileInputs {

    private ReconcileInputs() {}

    /** @param poolGeneration of the ClusterUserPool that admits it */
    static ReconcileInput of(UserPoolClient client, long poolGeneration) {
        PoolFacts facts = new PoolFacts(
                new PoolArn(Intents.POOL_ARN),
                "https://issuer",
                null,
                "ESSENTIALS",
                PoolAttributes.of(Set.of(), Set.of(), Set.of()));
        ClusterUserPool pool =
                Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClusterUserPool
                metadata: {name: customers, uid: 3c1d8f52-3a0e-4b57-8a55-6d0f4d1a7e10, generation: %d}
                spec:
                  userPoolId: %s
                  aws: {identity: Operator}
                  tenancy: Trusted
                  namespaces: {from: All}
                """.formatted(poolGeneration, Stage.POOL_ID), ClusterUserPool.class);
        NamespaceSnapshot namespace = new NamespaceSnapshot("shop", Map.of());
        return ReconcileInput.of(client, null, AdmittedPool.of(pool, namespace, facts));
    }
}
