package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.secret.Marks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the operator watches, and the caches behind it. Secrets come only with our mark and are kept without their values;
 * namespaces are kept as name, labels and deletion.
 */
public final class Informers implements KubernetesView {

    private final Watches watches;
    private final SimpleInboundEventSource<ClusterUserPool> poolSignals = new SimpleInboundEventSource<>("clients");
    private final SimpleInboundEventSource<UserPoolClient> clientSignals =
            new SimpleInboundEventSource<>("pool-readings");
    private final PoolReadings readings = new PoolReadings(poolSignals::propagateEvent, clientSignals::propagateEvent);
    private @Nullable ClientIndex clients;
    private final ClientComings comings = new ClientComings(
            poolSignals,
            client -> started(clients).rivals(client),
            pool -> started(clients).waitingForRoom(pool),
            pool -> pool(pool).isPresent());
    private final PoolGoings poolGoings = new PoolGoings();
    private @Nullable InformerEventSource<Secret, UserPoolClient> secrets;
    private @Nullable InformerEventSource<ClusterUserPool, UserPoolClient> pools;
    private @Nullable InformerEventSource<Namespace, UserPoolClient> namespaces;

    /** Lists in pages of 250 objects. */
    public Informers() {
        this(Watches.PAGE_SIZE);
    }

    /**
     * Nothing is watched before the operator starts.
     *
     * @param pageSize how many objects the API server returns in one answer to a list; at least 1
     */
    public Informers(long pageSize) {
        watches = new Watches(pageSize);
        poolGoings.tell(pool -> comings.forgetPool(pool.getMetadata().getName()));
    }

    Watches watches() {
        return watches;
    }

    List<EventSource<?, UserPoolClient>> eventSources(EventSourceContext<UserPoolClient> context) {
        clients = new ClientIndex(context.getPrimaryCache());
        secrets = new InformerEventSource<>(
                watches.secrets()
                        .withSecondaryToPrimaryMapper(Informers::clientOf)
                        .build(),
                context);
        pools = new InformerEventSource<>(
                watches.pools()
                        .withOnUpdateFilter(poolGoings::concernsClients)
                        .withOnDeleteFilter((pool, finalStateUnknown) -> poolGoings.gone(pool))
                        .withSecondaryToPrimaryMapper(this::concernedBy)
                        .build(),
                context);
        namespaces = new InformerEventSource<>(
                watches.namespaces()
                        .withOnUpdateFilter((now, before) -> !now.getMetadata()
                                .getLabels()
                                .equals(before.getMetadata().getLabels()))
                        .withSecondaryToPrimaryMapper(
                                namespace -> withRivals(namespace.getMetadata().getName()))
                        .build(),
                context);
        return List.of(secrets, pools, namespaces, comings, clientSignals);
    }

    /** Has a pool forgotten as soon as its object is gone from the cache. */
    void whenPoolIsGone(Consumer<ClusterUserPool> forget) {
        poolGoings.tell(forget);
    }

    /** Whether the cache has lost the object, or has another one in its place. */
    boolean isGone(UserPoolClient client) {
        var now = client(ResourceID.fromResource(client));
        return now.filter(found -> isSame(found, client)).isEmpty();
    }

    /** As {@link #isGone(UserPoolClient)}; false before the cache is filled. */
    boolean isGone(ClusterUserPool pool) {
        return areRunning()
                && pool(pool.getMetadata().getName())
                        .filter(now -> isSame(now, pool))
                        .isEmpty();
    }

    private static boolean isSame(HasMetadata one, HasMetadata other) {
        return one.getMetadata().getUid().equals(other.getMetadata().getUid());
    }

    /** Has a client reconciled, if it is still there. */
    void wake(ResourceID client) {
        clientSignals.propagateEvent(client);
    }

    /** How many things are remembered of pools. */
    int remembered() {
        return comings.size() + readings.size();
    }

    /** Wakes a pool when a client that refers to it comes or goes. */
    SimpleInboundEventSource<ClusterUserPool> poolSignals() {
        return poolSignals;
    }

    /** What this process has read of the pools: shared by the passes over pools, which read, and those over clients. */
    PoolReadings readings() {
        return readings;
    }

    /** A Secret was written just now: the next pass sees it, even if the watch is slower. */
    void wrote(Secret written) {
        if (secrets != null) {
            secrets.handleRecentResourceUpdate(ResourceID.fromResource(written), watches.asKept(written), written);
        }
    }

    /** Whether every cache is filled: the two reconcilers start side by side, and the pools' one needs the clients'. */
    boolean areRunning() {
        return secrets != null
                && secrets.isRunning()
                && pools != null
                && pools.isRunning()
                && namespaces != null
                && namespaces.isRunning();
    }

    /** The UIDs of every object that has a reconciler; empty before anything is watched. */
    public Set<String> uids() {
        if (clients == null || pools == null) {
            return Set.of();
        }
        return Stream.concat(clients.all(), pools.list(pool -> true))
                .map(object -> object.getMetadata().getUid())
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<ClusterUserPool> pool(String name) {
        return started(pools).get(new ResourceID(name));
    }

    @Override
    public List<ClusterUserPool> pools() {
        return started(pools).list(pool -> true).toList();
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return started(namespaces)
                .get(new ResourceID(namespace))
                .map(found -> found.getMetadata().getLabels());
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return started(secrets).get(new ResourceID(name, namespace));
    }

    @Override
    public List<Secret> secretsOf(String namespace, String uid) {
        return watches.secretsMarked(uid).stream()
                .filter(secret -> secret.getMetadata().getNamespace().equals(namespace))
                .toList();
    }

    @Override
    public Optional<UserPoolClient> client(ResourceID id) {
        return started(clients).get(id);
    }

    @Override
    public List<UserPoolClient> adopters(String clientId) {
        return started(clients).adopting(clientId);
    }

    @Override
    public List<UserPoolClient> tellingOf(String clientId) {
        return started(clients).tellingOf(clientId);
    }

    @Override
    public Optional<UserPoolClient> namesake(String nameInCognito) {
        return started(clients).namesake(nameInCognito);
    }

    @Override
    public List<UserPoolClient> clientsOfPool(String pool) {
        return started(clients).ofPool(pool);
    }

    @Override
    public long departures(String pool) {
        return comings.departures(pool);
    }

    /**
     * Its clients, and those of every other object for the same user pool, because only the first of these works: which one
     * that is may have changed. Those objects are woken themselves as well.
     */
    private Set<ResourceID> concernedBy(ClusterUserPool pool) {
        Set<ResourceID> concerned = idsOfPool(pool);
        if (pools != null) {
            pools.list(other ->
                            other.getSpec().userPoolId().equals(pool.getSpec().userPoolId())
                                    && !other.getMetadata()
                                            .getUid()
                                            .equals(pool.getMetadata().getUid()))
                    .forEach(twin -> {
                        poolSignals.propagateEvent(ResourceID.fromResource(twin));
                        concerned.addAll(idsOfPool(twin));
                    });
        }
        return concerned;
    }

    /** The clients of a namespace, and those that wait for an app client that one of these has: it may have lost the permission. */
    private Set<ResourceID> withRivals(String namespace) {
        List<UserPoolClient> there = started(clients).inNamespace(namespace);
        Set<ResourceID> concerned = ClientIndex.ids(there);
        there.forEach(client -> concerned.addAll(started(clients).rivals(client)));
        return concerned;
    }

    private Set<ResourceID> idsOfPool(ClusterUserPool pool) {
        return ClientIndex.ids(clientsOfPool(pool.getMetadata().getName()));
    }

    /** By annotation and by owner reference: either may have been taken away by whoever edited the Secret. */
    private static Set<ResourceID> clientOf(Secret secret) {
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

    private static <T> T started(@Nullable T source) {
        if (source == null) {
            throw new IllegalStateException("the UserPoolClient reconciler is not registered yet");
        }
        return source;
    }
}
