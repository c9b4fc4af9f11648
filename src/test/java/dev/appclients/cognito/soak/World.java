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
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
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

/** Some namespaces of a real API server, and some pools of the simulator; who acts on it is no operator but everybody else. */
final class World implements AutoCloseable {

    static final List<String> POOL_IDS = List.of("eu-west-1_SoakA", "eu-west-1_SoakB", "us-east-1_SoakC");

    private static final int NAMESPACES = 4;
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final ObjectMapper JSON = Serialization.jsonMapper();

    final Simulator simulator = Simulator.start();
    final KubernetesClient admin = patientAdmin();
    final Ledger ledger = new Ledger();
    private final List<String> namespaces;

    /** The clients that objects have adopted, by place. */
    private final Map<Integer, String> adoptions = new HashMap<>();

    /** By pool: who may adopt what, as entries of its manifest by the id of the client. */
    private final Map<String, Map<String, Map<String, Object>>> permits = new HashMap<>();

    /** What each pool says of the namespaces. */
    private final Map<String, Map<String, Object>> allowances = new HashMap<>();

    /** The scopes and providers that come and go, by pool. */
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

    /** What is asked here must be known to have been done: on a machine that is busy that takes long. */
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

    /** Null when there is none. */
    @Nullable
    JsonNode object(int slot) {
        UserPoolClient found = admin.resources(UserPoolClient.class)
                .inNamespace(namespace(slot))
                .withName(Manifest.name(slot))
                .get();
        return found == null ? null : JSON.valueToTree(found);
    }

    static boolean isGoing(JsonNode object) {
        return object.path("metadata").hasNonNull("deletionTimestamp");
    }

    static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asText();
    }

    /** As a user does, by server-side apply. An object that has adopted a client says so for ever. */
    void apply(int slot, int variant) {
        Map<String, Object> spec = Manifest.spec(slot, poolName(poolId(slot)), variant);
        String adopted = adoptions.get(slot);
        if (adopted != null) {
            spec.put("adopt", Map.of("clientId", adopted));
        }
        apply(slot, spec);
    }

    /** An object that makes its own client. */
    void applyAnew(int slot, int variant) {
        adoptions.remove(slot);
        apply(slot, variant);
    }

    /** An object that takes over that client of somebody's. */
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
        ledger.asked(JSON.valueToTree(applied), poolId(slot));
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

    /** @param value null removes it */
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

    /** @param mask which of the namespaces may use it, by bits */
    void allow(String poolId, int mask) {
        List<String> names = IntStream.range(0, NAMESPACES)
                .filter(i -> (mask >> i & 1) == 1)
                .mapToObj(namespaces::get)
                .toList();
        applyPool(poolId, Map.of("from", "Names", "names", names.isEmpty() ? List.of("nobody") : names));
    }

    /** Who may adopt the client from now on: this namespace, in these modes; nobody without modes. Stands with the next apply. */
    void permit(String poolId, String clientId, String namespace, List<String> modes) {
        Map<String, Map<String, Object>> entries = permits.computeIfAbsent(poolId, id -> new TreeMap<>());
        Map<String, Object> from = Map.of("from", "Names", "names", List.of(namespace));
        if (modes.isEmpty()) {
            entries.remove(clientId);
        } else {
            entries.put(clientId, Map.of("clientId", clientId, "namespaces", from, "modes", modes));
        }
        // What is gone from Cognito needs no permission any more, and a pool has room for so many.
        Set<String> there =
                simulator.clients(poolId).stream().map(AppClient::clientId).collect(Collectors.toSet());
        entries.keySet().retainAll(there);
    }

    /** Everybody who has named a client to adopt may have it. */
    void permitAll(String poolId) {
        adoptions.forEach((slot, clientId) -> {
            if (poolId(slot).equals(poolId)) {
                permit(poolId, clientId, namespace(slot), List.of("Observe", "Manage"));
            }
        });
    }

    /** The pool as it was, with the permissions as they are now; unless it is not there, or going. */
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

    /** As somebody does who takes the finalizer away. */
    void removePoolByForce(String poolId) {
        beginToRemovePool(poolId);
        var pool = admin.resources(ClusterUserPool.class).withName(poolName(poolId));
        if (pool.get() != null) {
            pool.patch(MERGE, "{\"metadata\":{\"finalizers\":null}}");
        }
    }

    boolean lacks(String poolId, String dependency) {
        return missing.getOrDefault(poolId, Set.of()).contains(dependency);
    }

    /** The scope or the provider is there from now on, or is not. */
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

    // All of it

    /** Everything as it is now. */
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

    /** Leaves the cluster as it was, without the operator's help. */
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

    /** Leaves the cluster as it is: it ends too. */
    void abandon() {
        simulator.close();
        admin.close();
    }
}
