package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The operator's informers, one per kind, and the caches behind them. Every reconciler registers event sources on them. Only Secrets with
 * the operator's mark are watched, and their values are not kept.
 */
public final class Informers implements KubernetesView {

    private final Watches watches;
    private final SharedInformer<Secret> secrets = new SharedInformer<>();
    private final SharedInformer<ClusterUserPool> pools = new SharedInformer<>();
    private final SharedInformer<Namespace> namespaces = new SharedInformer<>();
    private final SimpleInboundEventSource<ClusterUserPool> poolSignals = new SimpleInboundEventSource<>("clients");
    private final SimpleInboundEventSource<UserPoolClient> clientSignals =
            new SimpleInboundEventSource<>("pool-readings");
    private final PoolReadings readings = new PoolReadings(poolSignals::propagateEvent, clientSignals::propagateEvent);
    private final PoolDeletions poolDeletions = new PoolDeletions();
    private final RoomTries roomTries = new RoomTries(this::isGone);
    private final ClientLifecycleEventSource clientLifecycle = new ClientLifecycleEventSource(
            poolSignals,
            client -> registered().rivals(client),
            pool -> registered().waitingForRoom(pool),
            roomTries,
            QuotaPlaces.ofClients(() -> areRunning() ? pools() : List.of(), this::clientsIn));
    private final DelayedWakes delayedWakes = new DelayedWakes();
    private final ClaimInformer claims = new ClaimInformer(this::areRunning);
    private final ClientWakes clientWakes =
            new ClientWakes(this, client -> registered().rivals(client), poolSignals::propagateEvent);
    private final ClaimWakes claimWakes =
            new ClaimWakes(this, claims::wake, clientSignals::propagateEvent, delayedWakes::wakeSoon);
    private @Nullable ClientIndex clients;

    /** Lists in pages of 250 objects and serves all namespaces. */
    public Informers() {
        this(Watches.PAGE_SIZE, Set.of());
    }

    /**
     * Nothing is watched before the operator starts.
     *
     * @param pageSize how many objects the API server returns in one answer to a list; at least 1
     * @param served the namespaces whose UserPoolClients, ClientSecretClaims and Secrets are watched; empty for all
     */
    public Informers(long pageSize, Set<String> served) {
        watches = new Watches(
                pageSize,
                served,
                List.of(claimWakes::clientChanged, ChangeListener.ofGone(this::clientGone)),
                claims::changed);
        claims.listenOnceFilled(claimWakes::claimChanged);
        secrets.listen(claimWakes::secretChanged);
        pools.listen(claimWakes::poolChanged);
        namespaces.listen(claimWakes::namespaceChanged);
    }

    public Watches watches() {
        return watches;
    }

    /** The event sources of the UserPoolClient reconciler. The informers themselves are among them. */
    public List<EventSource<?, UserPoolClient>> eventSources(EventSourceContext<UserPoolClient> context) {
        clients = new ClientIndex(context.getPrimaryCache());
        return List.of(
                secrets.informer(watches.secrets(ClientWakes::ofSecret), context),
                pools.informer(watches.pools(poolDeletions, clientWakes::ofPool), context),
                namespaces.informer(watches.namespaces(clientWakes::ofNamespace), context),
                clientLifecycle,
                clientSignals,
                delayedWakes);
    }

    /** Calls the listener after every change of the cache of claims, once every cache is filled. It must not block the informer. */
    public void whenClaimChanges(ChangeListener<ClientSecretClaim> listener) {
        claims.listenOnceFilled(listener);
    }

    /** The event sources of the ClientSecretClaim reconciler. */
    public List<EventSource<?, ClientSecretClaim>> claimEventSources(EventSourceContext<ClientSecretClaim> context) {
        return claims.eventSources(context);
    }

    /** Calls the listener with each claim whose object is gone from the cache. */
    public void whenClaimIsGone(Consumer<ClientSecretClaim> listener) {
        claims.whenGone(listener);
    }

    /** Calls the listener with each pool whose object is gone from the cache. */
    public void whenPoolIsGone(Consumer<ClusterUserPool> listener) {
        poolDeletions.addListener(listener);
    }

    /** Whether the cache has no object of this name, or one with another UID. */
    public boolean isGone(UserPoolClient client) {
        return isMissing(client, client(ResourceID.fromResource(client)));
    }

    /** As {@link #isGone(UserPoolClient)}; false before the cache is filled. */
    public boolean isGone(ClusterUserPool pool) {
        return areRunning() && isMissing(pool, pool(pool.getMetadata().getName()));
    }

    /** As {@link #isGone(UserPoolClient)}; false before the cache is filled. */
    public boolean isGone(ClientSecretClaim claim) {
        return claims.isRunning() && isMissing(claim, claim(ResourceID.fromResource(claim)));
    }

    private static boolean isMissing(HasMetadata object, Optional<? extends HasMetadata> cached) {
        String uid = object.getMetadata().getUid();
        return cached.filter(found -> uid.equals(found.getMetadata().getUid())).isEmpty();
    }

    /** Requests a reconciliation of a client, if its object exists. */
    public void wake(ResourceID client) {
        clientSignals.propagateEvent(client);
    }

    /** Requests reconciliations of the next clients that wait for room in the user pool in which this one was created. */
    public void foundRoom(UserPoolClient created) {
        clientLifecycle.foundRoom(created);
    }

    /** The clients that may try to create in a user pool that was full. */
    public RoomTries roomTries() {
        return roomTries;
    }

    /** As {@link #wake}, after a delay at most. Several requests for one client become one. */
    public void wakeWithin(ResourceID client, Duration delay) {
        delayedWakes.wakeWithin(client, delay);
    }

    /** Requests a reconciliation of a claim, if its object exists. */
    public void wakeClaim(ResourceID claim) {
        claims.wake(claim);
    }

    /** How many entries are kept per pool and per client, in all maps. */
    public int remembered() {
        return roomTries.size() + readings.size() + delayedWakes.size();
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

    /** Whether every cache but that of the claims is filled. The reconcilers start in parallel and need the caches of each other. */
    public boolean areRunning() {
        return secrets.isRunning()
                && pools.isRunning()
                && namespaces.isRunning()
                && registered().isRunning();
    }

    /** Whether the cache of the claims is filled too. */
    public boolean haveClaims() {
        return areRunning() && claims.isRunning();
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
    public Optional<Namespace> namespace(String name) {
        return namespaces.get(new ResourceID(name));
    }

    @Override
    public List<Namespace> namespaces() {
        return namespaces.list().toList();
    }

    @Override
    public boolean isServed(String namespace) {
        return watches.serves(namespace);
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return secrets.get(new ResourceID(name, namespace));
    }

    @Override
    public List<Secret> secretsOf(String namespace, String uid) {
        return watches.secretsOfClient(namespace, uid);
    }

    @Override
    public List<Secret> copiesOf(String namespace, String claimUid) {
        return watches.secretsOfClaim(namespace, claimUid);
    }

    @Override
    public Optional<ClientSecretClaim> claim(ResourceID id) {
        return claims.get(id);
    }

    @Override
    public List<ClientSecretClaim> claimsFor(ResourceID client) {
        return watches.claimsOf(client);
    }

    @Override
    public List<ClientSecretClaim> claimsNaming(String namespace, String secretName) {
        return watches.claimsNaming(new ResourceID(secretName, namespace));
    }

    @Override
    public List<ClientSecretClaim> claimsIn(String namespace) {
        return claims.inNamespace(namespace);
    }

    @Override
    public List<UserPoolClient> clientsNaming(String namespace, String secretName) {
        return watches.clientsNaming(new ResourceID(secretName, namespace));
    }

    @Override
    public List<UserPoolClient> clientsIn(String namespace) {
        return registered().inNamespace(namespace);
    }

    @Override
    public List<UserPoolClient> pushingClients() {
        return watches.pushingClients();
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

    private void clientGone(UserPoolClient gone) {
        if (areRunning()) {
            claimWakes.clientGone(gone);
            clientLifecycle.clientGone(gone);
        }
    }

    private ClientIndex registered() {
        if (clients == null) {
            throw new IllegalStateException("the UserPoolClient reconciler is not registered yet");
        }
        return clients;
    }
}
