package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Indexes the cached UserPoolClients. Every reconciliation may ask by pool, by namespace and by adopted app client, so these have an
 * index. Only reconciliations of manifests that adopt ask by the app client in a status and by the suffix of a UID. These read all
 * clients: an index would hold a map for each client.
 */
final class ClientIndex {

    private static final String BY_POOL = "client-pool";
    private static final String BY_ADOPTED = "adopted-client-id";
    private static final String BY_FULL_POOL = "full-client-pool";

    private final IndexerResourceCache<UserPoolClient> clients;

    ClientIndex(IndexerResourceCache<UserPoolClient> clients) {
        this.clients = clients;
        clients.addIndexers(Map.of(
                BY_POOL,
                client -> List.of(client.getSpec().userPoolRef().name()),
                BY_ADOPTED,
                client -> listOf(Adoption.adopted(client)),
                BY_FULL_POOL,
                client -> foundPoolFull(client) || isCreating(client)
                        ? List.of(client.getSpec().userPoolRef().name())
                        : List.of()));
    }

    /** Whether the cache is filled. */
    boolean isRunning() {
        return clients instanceof AbstractEventSource<?, ?> source && source.isRunning();
    }

    Optional<UserPoolClient> get(ResourceID id) {
        return clients.get(id);
    }

    List<UserPoolClient> ofPool(String pool) {
        return clients.byIndex(BY_POOL, pool);
    }

    /**
     * The clients that are not Ready because the pool was full, or that create and may have had this answer already. Each deletion
     * asks, so this must not read all clients of the pool.
     */
    List<UserPoolClient> waitingForRoom(String pool) {
        return clients.byIndex(BY_FULL_POOL, pool);
    }

    List<UserPoolClient> inNamespace(String namespace) {
        return clients.byIndex(Cache.NAMESPACE_INDEX, namespace);
    }

    List<UserPoolClient> adopting(String clientId) {
        return clients.byIndex(BY_ADOPTED, clientId);
    }

    List<UserPoolClient> recording(String clientId) {
        return clients.list(client -> clientId.equals(recordedClientId(client))).toList();
    }

    Optional<UserPoolClient> ownerOfName(String nameInCognito) {
        String suffix = ClientName.endOf(nameInCognito);
        return clients.list(client ->
                        ClientName.suffix(client.getMetadata().getUid()).equals(suffix))
                .findFirst();
    }

    /** The other clients whose manifests adopt the app client that this client has or adopts. */
    Set<ResourceID> rivals(UserPoolClient client) {
        Set<ResourceID> rivals = new HashSet<>();
        Stream.of(listOf(Adoption.adopted(client)), listOf(recordedClientId(client)))
                .flatMap(List::stream)
                .forEach(clientId -> rivals.addAll(ids(adopting(clientId))));
        rivals.remove(ResourceID.fromResource(client));
        return rivals;
    }

    /** Returns a new mutable set. */
    static Set<ResourceID> ids(List<UserPoolClient> clients) {
        return clients.stream().map(ResourceID::fromResource).collect(Collectors.toCollection(HashSet::new));
    }

    /** By Ready, because ClientSynced keeps its reason during a pause and after a withdrawn permission. */
    static boolean foundPoolFull(UserPoolClient client) {
        return hasReadyReason(client, Reason.LIMIT_EXCEEDED);
    }

    private static boolean isCreating(UserPoolClient client) {
        return client.getStatus() != null
                && client.getStatus().pendingCreate() != null
                && !hasReadyReason(client, Reason.CREATE_OUTCOME_UNKNOWN);
    }

    private static boolean hasReadyReason(UserPoolClient client, Reason reason) {
        var status = client.getStatus();
        return Conditions.hasReason(status == null ? null : status.conditions(), Conditions.READY, reason);
    }

    private static @Nullable String recordedClientId(UserPoolClient client) {
        return client.getStatus() == null ? null : client.getStatus().clientId();
    }

    private static List<String> listOf(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }
}
