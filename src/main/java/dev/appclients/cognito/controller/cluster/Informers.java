package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The operator's informers, one per kind, and the caches behind them. Every reconciler registers event sources on them. Only Secrets with
 * the operator's mark are watched, and their values are not kept. Of a namespace the name, the labels and the deletion are kept.
 */
public final class Informers implements KubernetesView {

    private final Watches watches;
    private final SharedInformer<Secret> secrets = new SharedInformer<>(Secret.class);
    private final SharedInformer<ClusterUserPool> pools = new SharedInformer<>(ClusterUserPool.class);
    private final SharedInformer<Namespace> namespaces = new SharedInformer<>(Namespace.class);
    private final SimpleInboundEventSource<ClusterUserPool> poolSignals = new SimpleInboundEventSource<>("clients");
    private final SimpleInboundEventSource<UserPoolClient> clientSignals =
            new SimpleInboundEventSource<>("pool-readings");
    private final PoolReadings readings = new PoolReadings(poolSignals::propagateEvent, clientSignals::propagateEvent);
    private final PoolDeletions poolDeletions = new PoolDeletions();
    private final ClientLifecycleEventSource clientLifecycle = new ClientLifecycleEventSource(
            poolSignals,
            client -> registered().rivals(client),
            pool -> registered().waitingForRoom(pool),
            pool -> pool(pool).isPresent(),
            new QuotaPlaces(() -> areRunning() ? pools() : List.of(), this::clientsIn));
    private @Nullable ClientIndex clients;

    /** Lists in pages of 250 objects and serves all namespaces. */
    public Informers() {
        this(Watches.PAGE_SIZE, Set.of());
    }

    /**
     * Nothing is watched before the operator starts.
     *
     * @param pageSize how many objects the API server returns in one answer to a list; at least 1
     * @param served the namespaces whose UserPoolClients and Secrets are watched; empty for all
     */
    public Informers(long pageSize, Set<String> served) {
        watches = new Watches(pageSize, served);
        poolDeletions.addListener(
                pool -> clientLifecycle.forgetPool(pool.getMetadata().getName()));
    }

    public Watches watches() {
        return watches;
    }

    /** The event sources of the UserPoolClient reconciler. The informers themselves are among them. */
    public List<EventSource<?, UserPoolClient>> eventSources(EventSourceContext<UserPoolClient> context) {
        clients = new ClientIndex(context.getPrimaryCache());
        return List.of(
                secrets.informer(watches.secrets(Informers::clientsOf), context),
                pools.informer(
                        watches.pools()
                                .withOnUpdateFilter(poolDeletions::filterUpdate)
                                .withOnDeleteFilter((pool, finalStateUnknown) -> poolDeletions.filterDelete(pool))
                                .withSecondaryToPrimaryMapper(this::clientsOfUserPool)
                                .build(),
                        context),
                namespaces.informer(
                        watches.namespaces()
                                .withOnUpdateFilter((now, before) -> !now.getMetadata()
                                        .getLabels()
                                        .equals(before.getMetadata().getLabels()))
                                .withSecondaryToPrimaryMapper(namespace ->
                                        withRivals(namespace.getMetadata().getName()))
                                .build(),
                        context),
                clientLifecycle,
                clientSignals);
    }

    /** The Secrets with the operator's mark, for the event source of another reconciler. */
    SharedInformer<Secret> secrets() {
        return secrets;
    }

    /** The namespaces, for the event source of another reconciler. */
    SharedInformer<Namespace> namespaces() {
        return namespaces;
    }

    /** Calls the listener with each pool whose object is gone from the cache. */
    public void whenPoolIsGone(Consumer<ClusterUserPool> listener) {
        poolDeletions.addListener(listener);
    }

    /** Whether the cache has no object of this name, or one with another UID. */
    public boolean isGone(UserPoolClient client) {
        var now = client(ResourceID.fromResource(client));
        return now.filter(found -> isSame(found, client)).isEmpty();
    }

    /** As {@link #isGone(UserPoolClient)}; false before the cache is filled. */
    public boolean isGone(ClusterUserPool pool) {
        return areRunning()
                && pool(pool.getMetadata().getName())
                        .filter(now -> isSame(now, pool))
                        .isEmpty();
    }

    private static boolean isSame(HasMetadata one, HasMetadata other) {
        return one.getMetadata().getUid().equals(other.getMetadata().getUid());
    }

    /** Requests a reconciliation of a client, if its object exists. */
    public void wake(ResourceID client) {
        clientSignals.propagateEvent(client);
    }

    /** How many entries are kept per pool, in all maps. */
    public int remembered() {
        return clientLifecycle.size() + readings.size();
    }

    /** Requests a reconciliation of a pool when a client that refers to it is created or deleted. */
    public SimpleInboundEventSource<ClusterUserPool> poolSignals() {
        return poolSignals;
    }

    /** The facts that this process has read of the pools. The pools' reconciler reads them, the clients' reconciler uses them. */
    public PoolReadings readings() {
        return readings;
    }

    /** Makes a Secret that this process wrote visible to the next pass, even when the watch is slower. */
    public void wrote(Secret written) {
        secrets.wrote(watches.asKept(written));
    }

    /** Whether every cache is filled. The reconcilers start in parallel, and the other ones need the caches of the clients' one. */
    public boolean areRunning() {
        return secrets.isRunning() && pools.isRunning() && namespaces.isRunning();
    }

    @Override
    public Optional<ClusterUserPool> pool(String name) {
        return pools.get(new ResourceID(name));
    }

    @Override
    public List<ClusterUserPool> pools() {
        return pools.list().toList();
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return namespaces
                .get(new ResourceID(namespace))
                .map(found -> found.getMetadata().getLabels());
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return secrets.get(new ResourceID(name, namespace));
    }

    @Override
    public List<Secret> secretsOf(String namespace, String uid) {
        return watches.secretsMarked(uid).stream()
                .filter(secret -> secret.getMetadata().getNamespace().equals(namespace))
                .toList();
    }

    @Override
    public Optional<UserPoolClient> client(ResourceID id) {
        return registered().get(id);
    }

    @Override
    public List<UserPoolClient> adopters(String clientId) {
        return registered().adopting(clientId);
    }

    @Override
    public List<UserPoolClient> recording(String clientId) {
        return registered().recording(clientId);
    }

    @Override
    public Optional<UserPoolClient> ownerOfName(String nameInCognito) {
        return registered().ownerOfName(nameInCognito);
    }

    @Override
    public List<UserPoolClient> clientsOfPool(String pool) {
        return registered().ofPool(pool);
    }

    @Override
    public List<UserPoolClient> clientsIn(String namespace) {
        return registered().inNamespace(namespace);
    }

    @Override
    public long deletions(String pool) {
        return clientLifecycle.deletions(pool);
    }

    /**
     * The clients of the pool, and those of the other ClusterUserPools for the same user pool. Only the oldest of these pools works, and
     * another one may be the oldest now. Requests a reconciliation of the other pools as well.
     */
    private Set<ResourceID> clientsOfUserPool(ClusterUserPool pool) {
        Set<ResourceID> concerned = idsOfPool(pool);
        pools.list()
                .filter(other ->
                        other.getSpec().userPoolId().equals(pool.getSpec().userPoolId()) && !isSame(other, pool))
                .forEach(twin -> {
                    poolSignals.propagateEvent(ResourceID.fromResource(twin));
                    concerned.addAll(idsOfPool(twin));
                });
        return concerned;
    }

    /** The clients of a namespace, and the clients elsewhere that adopt the same app clients: these may become the first in line. */
    private Set<ResourceID> withRivals(String namespace) {
        List<UserPoolClient> there = registered().inNamespace(namespace);
        Set<ResourceID> concerned = ClientIndex.ids(there);
        there.forEach(client -> concerned.addAll(registered().rivals(client)));
        return concerned;
    }

    private Set<ResourceID> idsOfPool(ClusterUserPool pool) {
        return ClientIndex.ids(clientsOfPool(pool.getMetadata().getName()));
    }

    /** By annotation, else by owner reference: another writer may have removed either. */
    private static Set<ResourceID> clientsOf(Secret secret) {
        var meta = secret.getMetadata();
        String marked =
                meta.getAnnotations() == null ? null : meta.getAnnotations().get(Marks.CLIENT);
        if (marked != null && marked.startsWith(meta.getNamespace() + "/")) {
            return Set.of(new ResourceID(marked.substring(marked.indexOf('/') + 1), meta.getNamespace()));
        }
        return meta.getOwnerReferences().stream()
                .filter(owner -> owner.getKind().equals("UserPoolClient"))
                .map(OwnerReference::getName)
                .map(name -> new ResourceID(name, meta.getNamespace()))
                .collect(Collectors.toSet());
    }

    private ClientIndex registered() {
        if (clients == null) {
            throw new IllegalStateException("the UserPoolClient reconciler is not registered yet");
        }
        return clients;
    }
}
