package dev.appclients.cognito.controller.pool;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Filterable;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.util.Set;

/** Finds out whether UserPoolClients refer to a ClusterUserPool. */
final class PoolUsage {

    /** The CRD makes this field selectable. */
    private static final String POOL_FIELD = "spec.userPoolRef.name";

    private final KubernetesClient kubernetes;
    private final KubernetesView cached;
    private final Set<String> served;

    /** @param served the namespaces in which the operator may list UserPoolClients; empty for all */
    PoolUsage(KubernetesClient kubernetes, KubernetesView cached, Set<String> served) {
        this.kubernetes = kubernetes;
        this.cached = cached;
        this.served = Set.copyOf(served);
    }

    /**
     * Whether a client in a served namespace refers to the pool. The cache can only prove that one does. Before the finalizer is
     * removed, this asks the API server for one such client.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server does not answer
     */
    boolean isInUse(ClusterUserPool pool) {
        String name = pool.getMetadata().getName();
        if (!cached.clientsOfPool(name).isEmpty()) {
            return true;
        }
        var clients = kubernetes.resources(UserPoolClient.class);
        return served.isEmpty()
                ? hasClient(clients.inAnyNamespace(), name)
                : served.stream().anyMatch(namespace -> hasClient(clients.inNamespace(namespace), name));
    }

    private static boolean hasClient(
            Filterable<? extends Listable<? extends KubernetesResourceList<UserPoolClient>>> clients, String pool) {
        return !clients.withField(POOL_FIELD, pool)
                .list(new ListOptionsBuilder().withLimit(1L).build())
                .getItems()
                .isEmpty();
    }
}
