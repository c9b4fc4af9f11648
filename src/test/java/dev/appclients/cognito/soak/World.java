package dev.appclients.cognito.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.Simulator;
import dev.appclients.cognito.simulator.UserPool;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Some namespaces of a real API server and some pools of the simulator, and the actions of users and other writers on them. */
final class World implements AutoCloseable {

    static final List<String> POOL_IDS = List.of("eu-west-1_SoakA", "eu-west-1_SoakB", "us-east-1_SoakC");

    private static final int NAMESPACES = 4;
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final ObjectMapper JSON = Serialization.jsonMapper();

    final Simulator simulator = Simulator.start();
    final KubernetesClient admin = patientAdmin();
    final Ledger ledger = new Ledger();
    private final List<String> namespaces;

    /** The clients that objects have adopted, by slot. */
    private final Map<Integer, String> adoptions = new HashMap<>();

    /** The adoption entries of each pool, by client id. */
    private final Map<String, Map<String, Map<String, Object>>> permits = new HashMap<>();

    /** The permitted namespaces of each pool. */
    private final Map<String, Map<String, Object>> allowances = new HashMap<>();

    /** The scopes and providers that each pool lacks now. */
    private final Map<String, Set<String>> missing = new HashMap<>();

    World() {
        simulator.quotas().off();
        POOL_IDS.forEach(id -> missing.put(id, Set.of()));
        POOL_IDS.forEach(id -> simulator.pool(id).prefixDomain(poolName(id)));
        POOL_IDS.forEach(id -> simulator.pool(id).resourceServer("orders", "read", "write"));
        POOL_IDS.forEach(this::bringBackDependencies);
        namespaces = IntStream.range(0, NAMESPACES)
                .mapToObj(i -> admin.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withGenerateName("soak-" + i + "-")
                                .endMetadata()
                                .build())
                        .create()
                        .getMetadata()
                        .getName())
                .toList();
        POOL_IDS.forEach(this::allowAll);
    }

    /** Has a long timeout, since every request must be known to have succeeded, also on a busy machine. */
    private static KubernetesClient patientAdmin() {
        Config config = TestCluster.adminConfig();
        config.setRequestTimeout(120_000);
        return Clients.of(config);
    }

    List<String> namespaces() {
        return namespaces;
    }

    String namespace(int slot) {
        return namespaces.get(slot % NAMESPACES);
    }

    String poolId(int slot) {
        return POOL_IDS.get(slot / NAMESPACES % POOL_IDS.size());
    }

    /** The name of the ClusterUserPool. */
    static String poolName(String poolId) {
        return poolId.substring(poolId.indexOf('_') + 1).toLowerCase(Locale.ROOT);
    }

    UserPool pool(String poolId) {
        return simulator.pool(poolId);
    }

    // The objects

    /** Returns null if there is no object. */
    @Nullable
    JsonNode object(int slot) {
        UserPoolClient found = admin.resources(UserPoolClient.class)
                .inNamespace(namespace(slot))
                .withName(Manifest.name(slot))
                .get();
        return found == null ? null : JSON.valueToTree(found);
    }

    static boolean isBeingDeleted(JsonNode object) {
        return object.path("metadata").hasNonNull("deletionTimestamp");
    }

    static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asText();
    }

    /** Applies the object as a user, by server-side apply. An object that has adopted a client keeps its {@code spec.adopt}. */
    void apply(int slot, int variant) {
        Map<String, Object> spec = Manifest.spec(slot, poolName(poolId(slot)), variant);
        String adopted = adoptions.get(slot);
        if (adopted != null) {
            spec.put("adopt", Map.of("clientId", adopted));
        }
        apply(slot, spec);
    }

    /** Applies an object that creates its own client. */
    void applyNew(int slot, int variant) {
        adoptions.remove(slot);
        apply(slot, variant);
    }

    /** Applies an object that adopts this client. */
    void adopt(int slot, int variant, String clientId, boolean observe) {
        adoptions.put(slot, clientId);
        Map<String, Object> spec = Manifest.spec(slot, poolName(poolId(slot)), variant);
        spec.put("adopt", Map.of("clientId", clientId));
        spec.put("mode", observe ? "Observe" : "Manage");
        apply(slot, spec);
    }

    private void apply(int slot, Map<String, Object> spec) {
        HasMetadata applied = apply(Map.of(
                "apiVersion",
                "cognito.appclients.dev/v1beta1",
                "kind",
                "UserPoolClient",
                "metadata",
                Map.of("name", Manifest.name(slot), "namespace", namespace(slot)),
                "spec",
                spec));
        ledger.recordApplied(JSON.valueToTree(applied), poolId(slot));
    }

    HasMetadata apply(Map<String, Object> manifest) {
        HasMetadata object = Serialization.unmarshal(Serialization.asJson(manifest));
        return admin.resource(object).fieldManager("user").forceConflicts().serverSideApply();
    }

    void patch(int slot, String merge) {
        admin.resources(UserPoolClient.class)
                .inNamespace(namespace(slot))
                .withName(Manifest.name(slot))
                .patch(MERGE, merge);
    }

    /** @param value null removes the annotation */
    void annotate(int slot, String annotation, @Nullable String value) {
        String quoted = value == null ? "null" : "\"" + value + "\"";
        patch(slot, "{\"metadata\":{\"annotations\":{\"cognito.appclients.dev/" + annotation + "\":" + quoted + "}}}");
    }

    void delete(int slot) {
        admin.resources(UserPoolClient.class)
                .inNamespace(namespace(slot))
                .withName(Manifest.name(slot))
                .delete();
    }

    // The pools

    @Nullable
    ClusterUserPool clusterPool(String poolId) {
        return admin.resources(ClusterUserPool.class).withName(poolName(poolId)).get();
    }

    void allowAll(String poolId) {
        applyPool(poolId, Map.of("from", "All"));
    }

    /** @param mask a bit for each permitted namespace */
    void allow(String poolId, int mask) {
        List<String> names = IntStream.range(0, NAMESPACES)
                .filter(i -> (mask >> i & 1) == 1)
                .mapToObj(namespaces::get)
                .toList();
        applyPool(poolId, Map.of("from", "Names", "names", names.isEmpty() ? List.of("none") : names));
    }

    /** Permits this namespace to adopt the client in these modes, or no namespace without modes. Takes effect with the next apply. */
    void permit(String poolId, String clientId, String namespace, List<String> modes) {
        Map<String, Map<String, Object>> entries = permits.computeIfAbsent(poolId, id -> new TreeMap<>());
        Map<String, Object> from = Map.of("from", "Names", "names", List.of(namespace));
        if (modes.isEmpty()) {
            entries.remove(clientId);
        } else {
            entries.put(clientId, Map.of("clientId", clientId, "namespaces", from, "modes", modes));
        }
        // Drops the entries of deleted clients, since a pool has a maximum number of entries.
        Set<String> existing =
                simulator.clients(poolId).stream().map(AppClient::clientId).collect(Collectors.toSet());
        entries.keySet().retainAll(existing);
    }

    /** Permits every adoption that an object names. */
    void permitAll(String poolId) {
        adoptions.forEach((slot, clientId) -> {
            if (poolId(slot).equals(poolId)) {
                permit(poolId, clientId, namespace(slot), List.of("Observe", "Manage"));
            }
        });
    }

    /** Applies the pool with the current adoption entries, unless it is missing or being deleted. */
    void applyPermits(String poolId) {
        var pool = clusterPool(poolId);
        if (pool != null && !pool.isMarkedForDeletion()) {
            applyPool(poolId, allowances.get(poolId));
        }
    }

    private void applyPool(String poolId, Map<String, Object> allowed) {
        allowances.put(poolId, allowed);
        Map<String, Object> spec = new TreeMap<>(Map.of(
                "userPoolId",
                poolId,
                "aws",
                Map.of("identity", "Operator"),
                "tenancy",
                "Trusted",
                "namespaces",
                allowed));
        Map<String, Map<String, Object>> entries = permits.getOrDefault(poolId, Map.of());
        if (!entries.isEmpty()) {
            spec.put("adoption", List.copyOf(entries.values()));
        }
        apply(Map.of(
                "apiVersion",
                "cognito.appclients.dev/v1beta1",
                "kind",
                "ClusterUserPool",
                "metadata",
                Map.of("name", poolName(poolId)),
                "spec",
                spec));
    }

    void beginToRemovePool(String poolId) {
        admin.resources(ClusterUserPool.class).withName(poolName(poolId)).delete();
    }

    /** Deletes the pool and removes its finalizer as a user. */
    void removePoolByForce(String poolId) {
        beginToRemovePool(poolId);
        try {
            admin.resources(ClusterUserPool.class)
                    .withName(poolName(poolId))
                    .patch(MERGE, "{\"metadata\":{\"finalizers\":null}}");
        } catch (KubernetesClientException gone) {
            // The operator may have removed the finalizer first.
            if (gone.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw gone;
            }
        }
    }

    boolean lacks(String poolId, String dependency) {
        return missing.getOrDefault(poolId, Set.of()).contains(dependency);
    }

    /** Adds the scope or provider if it is missing, and removes it otherwise. */
    void toggle(String poolId, String dependency) {
        boolean comes = lacks(poolId, dependency);
        missing.merge(poolId, Set.of(dependency), World::symmetricDifference);
        if (dependency.equals(Manifest.SOMETIMES_MISSING_SCOPE)) {
            if (comes) {
                pool(poolId).resourceServer("stock", "read");
            } else {
                pool(poolId).withoutResourceServer("stock");
            }
        } else if (comes) {
            pool(poolId).identityProvider(dependency, "Google");
        } else {
            pool(poolId).withoutIdentityProvider(dependency);
        }
    }

    void bringBackDependencies(String poolId) {
        missing.put(poolId, Set.of());
        pool(poolId).resourceServer("stock", "read");
        pool(poolId).identityProvider(Manifest.SOMETIMES_MISSING_PROVIDER, "Google");
    }

    private static Set<String> symmetricDifference(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream())
                .filter(each -> one.contains(each) != other.contains(each))
                .collect(Collectors.toUnmodifiableSet());
    }

    // The whole state

    /** Reads the current state. */
    Snapshot snapshot() {
        Map<String, List<AppClient>> clients = new TreeMap<>();
        POOL_IDS.forEach(id -> clients.put(id, simulator.clients(id)));
        Map<String, JsonNode> pools = new TreeMap<>();
        generic("ClusterUserPool")
                .forEach(pool -> pools.put(pool.path("metadata").path("name").asText(), pool));
        List<JsonNode> objects = generic("UserPoolClient").stream()
                .filter(object -> namespaces.contains(
                        object.path("metadata").path("namespace").asText()))
                .toList();
        List<Secret> secrets = new ArrayList<>();
        for (String namespace : namespaces) {
            secrets.addAll(admin.secrets().inNamespace(namespace).list().getItems());
        }
        return new Snapshot(objects, pools, clients, secrets, Map.copyOf(missing), ledger);
    }

    private List<JsonNode> generic(String kind) {
        return admin
                .genericKubernetesResources("cognito.appclients.dev/v1beta1", kind)
                .inAnyNamespace()
                .list()
                .getItems()
                .stream()
                .map(JSON::<JsonNode>valueToTree)
                .toList();
    }

    /** Removes everything from the cluster, without the operator. */
    @Override
    public void close() {
        simulator.faults().clear();
        for (String namespace : namespaces) {
            for (GenericKubernetesResource object : admin.genericKubernetesResources(
                            "cognito.appclients.dev/v1beta1", "UserPoolClient")
                    .inNamespace(namespace)
                    .list()
                    .getItems()) {
                var one = admin.resources(UserPoolClient.class)
                        .inNamespace(namespace)
                        .withName(object.getMetadata().getName());
                one.patch(MERGE, "{\"metadata\":{\"finalizers\":null}}");
                one.delete();
            }
        }
        POOL_IDS.forEach(this::removePoolByForce);
        namespaces.forEach(namespace -> admin.namespaces().withName(namespace).delete());
        abandon();
    }

    /** Leaves the cluster as it is, since it ends too. */
    void abandon() {
        simulator.close();
        admin.close();
    }
}
