package dev.appclients.cognito.controller.pool;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Finds out whether UserPoolClients refer to a ClusterUserPool. */
final class PoolUsage {

    /** The CRD makes this field selectable. */
    private static final String POOL_FIELD = "spec.userPoolRef.name";

    private final KubernetesClient kubernetes;
    private final KubernetesView cached;

    PoolUsage(KubernetesClient kubernetes, KubernetesView cached) {
        this.kubernetes = kubernetes;
        this.cached = cached;
    }

    /**
     * Whether a client refers to the pool, also in a namespace that another operator serves. The cache can only prove that one does.
     * Before the finalizer is removed, this asks the API server for one such client in any namespace.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server does not answer
     */
    boolean isInUse(ClusterUserPool pool) {
        String name = pool.getMetadata().getName();
        return !cached.clientsOfPool(name).isEmpty()
                || !kubernetes
                        .resources(UserPoolClient.class)
                        .inAnyNamespace()
                        .withField(POOL_FIELD, name)
                        .list(new ListOptionsBuilder().withLimit(1L).build())
                        .getItems()
                        .isEmpty();
    }
}
