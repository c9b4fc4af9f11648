package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the UserPoolClients to reconcile after an event of another object. */
final class ClientWakes {

    private final KubernetesView cached;
    private final Function<UserPoolClient, Set<ResourceID>> rivals;
    private final Consumer<ResourceID> wakePool;

    /**
     * @param rivals the clients that adopt the app client that a client has or adopts
     * @param wakePool requests a reconciliation of a pool
     */
    ClientWakes(
            KubernetesView cached, Function<UserPoolClient, Set<ResourceID>> rivals, Consumer<ResourceID> wakePool) {
        this.cached = cached;
        this.rivals = rivals;
        this.wakePool = wakePool;
    }

    /** The client whose own Secret this is, whether or not that client exists. */
    static Set<ResourceID> ofSecret(Secret secret) {
        return CopyMarks.clientOf(secret).stream().collect(Collectors.toSet());
    }

    /**
     * The clients of the pool, and those of the other ClusterUserPools for the same user pool. Only the oldest of these pools works, and
     * another one may be the oldest now. Requests a reconciliation of the other pools as well.
     */
    Set<ResourceID> ofPool(ClusterUserPool pool) {
        Set<ResourceID> concerned = idsOfPool(pool);
        cached.pools().stream()
                .filter(other ->
                        other.getSpec().userPoolId().equals(pool.getSpec().userPoolId())
                                && !other.getMetadata()
                                        .getUid()
                                        .equals(pool.getMetadata().getUid()))
                .forEach(twin -> {
                    wakePool.accept(ResourceID.fromResource(twin));
                    concerned.addAll(idsOfPool(twin));
                });
        return concerned;
    }

    /** The clients of a namespace, and the clients elsewhere that adopt the same app clients: these may become the first in line. */
    Set<ResourceID> ofNamespace(Namespace namespace) {
        List<UserPoolClient> there = cached.clientsIn(namespace.getMetadata().getName());
        Set<ResourceID> concerned = ClientIndex.ids(there);
        there.forEach(client -> concerned.addAll(rivals.apply(client)));
        return concerned;
    }

    private Set<ResourceID> idsOfPool(ClusterUserPool pool) {
        return ClientIndex.ids(cached.clientsOfPool(pool.getMetadata().getName()));
    }
}
