package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.collection.Interner;
import dev.appclients.cognito.collection.LeanMetadata;
import dev.appclients.cognito.collection.LeanValues;
import dev.appclients.cognito.controller.workarounds.StorePerNamespace;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.ConfigMapForm;
import dev.appclients.cognito.secret.SecretStripper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Configures how each kind is listed, watched and cached: in pages, in the served namespaces, and in a form that takes little memory.
 * Equal values are one instance in all caches.
 */
public final class Watches {

    /** How many objects the API server returns in one answer to a list. */
    public static final long PAGE_SIZE = 250;

    /** Many more than the values that a cluster's clients have in common; 80 KiB, and at most so many values are kept alive. */
    private static final int SHARED_VALUES = 4096;

    private final long pageSize;
    private final Set<String> namespaces;
    private final LeanValues values = new LeanValues(new Interner(SHARED_VALUES));
    private final LeanMetadata metadata = new LeanMetadata(values);
    private final LeanValues known = values.withoutLearning();
    private final SecretStripper written = new SecretStripper(known);
    private final ChangeListener<UserPoolClient> clientChanges;
    private final ChangeListener<ClientSecretClaim> claimChanges;
    private final List<ClientItemStore> clients = new CopyOnWriteArrayList<>();
    private final List<ClaimItemStore> claims = new CopyOnWriteArrayList<>();
    private final List<SecretItems> secrets = new CopyOnWriteArrayList<>();
    private final List<ConfigMapItems> configMaps = new CopyOnWriteArrayList<>();

    /**
     * Nothing is watched yet.
     *
     * @param pageSize at least 1
     * @param namespaces the namespaces whose UserPoolClients, ClientSecretClaims and Secrets are watched; empty for all
     * @param clientChanges each called by the threads of the informers
     * @param claimChanges called by the threads of the informers
     */
    Watches(
            long pageSize,
            Set<String> namespaces,
            List<ChangeListener<UserPoolClient>> clientChanges,
            ChangeListener<ClientSecretClaim> claimChanges) {
        this.pageSize = pageSize;
        this.clientChanges = (before, now) -> clientChanges.forEach(listener -> listener.changed(before, now));
        this.claimChanges = claimChanges;
        this.namespaces = namespaces.isEmpty() ? Constants.WATCH_ALL_NAMESPACE_SET : Set.copyOf(namespaces);
    }

    public ControllerConfiguration<UserPoolClient> clients(ControllerConfiguration<UserPoolClient> controller) {
        return StorePerNamespace.of(
                ControllerConfigurationOverrider.override(controller)
                        .settingNamespaces(namespaces)
                        .withInformerListLimit(pageSize)
                        .build(),
                () -> added(clients, new ClientItemStore(values, clientChanges)));
    }

    public ControllerConfiguration<ClientSecretClaim> claims(ControllerConfiguration<ClientSecretClaim> controller) {
        return StorePerNamespace.of(
                ControllerConfigurationOverrider.override(controller)
                        .settingNamespaces(namespaces)
                        .withInformerListLimit(pageSize)
                        .build(),
                () -> added(claims, new ClaimItemStore(values, claimChanges)));
    }

    public ControllerConfiguration<ClusterUserPool> pools(ControllerConfiguration<ClusterUserPool> controller) {
        return ControllerConfigurationOverrider.override(controller)
                .withInformerListLimit(pageSize)
                .build();
    }

    /**
     * The ClusterUserPools.
     *
     * @param deletions sees every event of a pool
     * @param toClients the clients to reconcile after an event of a pool
     */
    InformerEventSourceConfiguration<ClusterUserPool> pools(
            PoolDeletions deletions, SecondaryToPrimaryMapper<ClusterUserPool> toClients) {
        return paged(ClusterUserPool.class, "pools")
                .withOnUpdateFilter(deletions::filterUpdate)
                .withOnDeleteFilter((pool, finalStateUnknown) -> deletions.filterDelete(pool))
                .withSecondaryToPrimaryMapper(toClients)
                .<UserPoolClient>withPrimaryToSecondaryMapper(client ->
                        Set.of(new ResourceID(client.getSpec().userPoolRef().name())))
                .build();
    }

    /**
     * The Secrets with the operator's mark, without their values.
     *
     * @param toClients the clients to reconcile after an event of a Secret
     */
    InformerEventSourceConfiguration<Secret> secrets(SecondaryToPrimaryMapper<Secret> toClients) {
        return StorePerNamespace.of(
                paged(Secret.class, "secrets")
                        .withNamespaces(namespaces)
                        .withLabelSelector(Marks.CLIENT_UID)
                        .withSecondaryToPrimaryMapper(toClients)
                        .withPrimaryToSecondaryMapper(this::secretsOf)
                        .build(),
                () -> added(secrets, new SecretItems(new SecretStripper(values))));
    }

    /**
     * The ConfigMaps with the operator's mark, without their values.
     *
     * @param toClients the clients to reconcile after an event of a ConfigMap
     */
    InformerEventSourceConfiguration<ConfigMap> configMaps(SecondaryToPrimaryMapper<ConfigMap> toClients) {
        return StorePerNamespace.of(
                paged(ConfigMap.class, "config-maps")
                        .withNamespaces(namespaces)
                        .withLabelSelector(Marks.CLIENT_UID)
                        .withSecondaryToPrimaryMapper(toClients)
                        .<UserPoolClient>withPrimaryToSecondaryMapper(client -> Set.of())
                        .build(),
                () -> added(configMaps, new ConfigMapItems(new SecretStripper(values))));
    }

    /**
     * Every namespace, as its name, UID, labels and deletion. Namespaces are cluster-scoped, so a list of them limits nothing here.
     *
     * @param toClients the clients to reconcile after a change of the labels
     */
    InformerEventSourceConfiguration<Namespace> namespaces(SecondaryToPrimaryMapper<Namespace> toClients) {
        return paged(Namespace.class, "namespaces")
                .withItemStore(new LeanItems<>(this::essence))
                .withOnUpdateFilter(Namespaces::haveOtherLabels)
                .withSecondaryToPrimaryMapper(toClients)
                .<UserPoolClient>withPrimaryToSecondaryMapper(
                        client -> Set.of(new ResourceID(client.getMetadata().getNamespace())))
                .build();
    }

    private <R extends HasMetadata> InformerEventSourceConfiguration.Builder<R> paged(Class<R> type, String name) {
        return InformerEventSourceConfiguration.from(type, UserPoolClient.class)
                .withName(name)
                .withWatchAllNamespaces()
                .withInformerListLimit(pageSize);
    }

    /** The framework asks for one store per informer, before it starts the informer. */
    private static <S> S added(List<S> stores, S store) {
        stores.add(store);
        return store;
    }

    private Set<ResourceID> secretsOf(UserPoolClient client) {
        return secretsOfClient(
                        client.getMetadata().getNamespace(),
                        client.getMetadata().getUid())
                .stream()
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    /** The cached Secrets in this namespace with the mark of this client that are no copies. */
    List<Secret> secretsOfClient(String namespace, String uid) {
        return secrets.stream()
                .flatMap(store -> store.ofClient(uid))
                .filter(secret -> secret.getMetadata().getNamespace().equals(namespace))
                .toList();
    }

    /** The cached copies in this namespace with the mark of this claim. */
    List<Secret> secretsOfClaim(String namespace, String uid) {
        return secrets.stream()
                .flatMap(store -> store.ofClaim(uid))
                .filter(secret -> secret.getMetadata().getNamespace().equals(namespace))
                .toList();
    }

    /** The cached claims that refer to this client. */
    List<ClientSecretClaim> claimsOf(ResourceID client) {
        return claims.stream().flatMap(store -> store.ofClient(client)).toList();
    }

    /** The cached claims whose copy has this name. */
    List<ClientSecretClaim> claimsNaming(ResourceID secret) {
        return claims.stream().flatMap(store -> store.naming(secret)).toList();
    }

    /** The cached clients whose own Secret has this name. */
    List<UserPoolClient> clientsNaming(ResourceID secret) {
        return clients.stream().flatMap(store -> store.naming(secret)).toList();
    }

    /** The cached clients that push copies. */
    List<UserPoolClient> pushingClients() {
        return clients.stream().flatMap(ClientItemStore::pushing).toList();
    }

    /** Every cached client. */
    public Stream<UserPoolClient> everyClient() {
        return clients.stream().flatMap(ClientItemStore::values);
    }

    /** Every cached claim. */
    public Stream<ClientSecretClaim> everyClaim() {
        return claims.stream().flatMap(ClaimItemStore::values);
    }

    /** Whether the objects of this namespace are watched. */
    boolean serves(String namespace) {
        return namespaces.equals(Constants.WATCH_ALL_NAMESPACE_SET) || namespaces.contains(namespace);
    }

    /** The cached ConfigMaps in this namespace with the mark of this client. */
    Stream<ConfigMap> configMapsOfClient(String namespace, String uid) {
        return configMaps.stream()
                .flatMap(store -> store.ofClient(uid))
                .filter(found -> found.getMetadata().getNamespace().equals(namespace));
    }

    /** The served namespaces; empty for all. */
    public Set<String> served() {
        return namespaces.equals(Constants.WATCH_ALL_NAMESPACE_SET) ? Set.of() : namespaces;
    }

    /** A Secret that was just written, in the form in which the cache keeps it. */
    Secret asKept(Secret secret) {
        return written.strip(secret);
    }

    /** A ConfigMap that was just written, in the form in which the cache keeps it. */
    ConfigMap asKept(ConfigMap configMap) {
        return ConfigMapForm.strip(new ConfigMapBuilder(configMap).build(), null, written);
    }

    /** Makes an answer of the API server as small as the cached object, and reuses the instances of the cache. */
    public void shrink(UserPoolClient answer) {
        String key = Cache.metaNamespaceKeyFunc(answer);
        UserPoolClient former = clients.stream()
                .flatMap(store -> Stream.ofNullable(store.get(key)))
                .findFirst()
                .orElse(null);
        ClientItemStore.shrink(known, answer, former);
    }

    /** As {@link #shrink(UserPoolClient)}. */
    public void shrink(ClientSecretClaim answer) {
        String key = Cache.metaNamespaceKeyFunc(answer);
        ClientSecretClaim former = claims.stream()
                .flatMap(store -> Stream.ofNullable(store.get(key)))
                .findFirst()
                .orElse(null);
        ClaimItemStore.shrink(known, answer, former);
    }

    private Namespace essence(Namespace namespace, @Nullable Namespace former) {
        ObjectMeta meta = namespace.getMetadata();
        meta.setManagedFields(List.of());
        meta.setOwnerReferences(List.of());
        meta.setFinalizers(List.of());
        metadata.strip(meta, former == null ? null : former.getMetadata(), label -> true, annotation -> false);
        namespace.setApiVersion(values.lean(namespace.getApiVersion()));
        namespace.setKind(values.lean(namespace.getKind()));
        namespace.setSpec(null);
        namespace.setStatus(null);
        namespace.setAdditionalProperties(Map.of());
        return namespace;
    }
}
