package dev.appclients.cognito.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.simulator.AppClient;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The actions of users and other writers, by which the oracle judges the state. */
final class Ledger {

    /** An existing or deleted object. */
    static final class History {

        final String where;
        final String poolId;

        /** Whether the manifest retains the client. */
        boolean retain;

        /** Whether {@link #retain} changed while the object was being deleted. Then either result is right. */
        boolean policyChangedLate;

        /** Whether the manifest ever retained the Secret. The last change may have come too late. */
        boolean secretEverRetained;

        int secretChanges;
        int recreated;

        History(String where, String poolId) {
            this.where = where;
            this.poolId = poolId;
        }
    }

    /** Objects by UID. */
    final Map<String, History> histories = new LinkedHashMap<>();

    /** Foreign clients by id, as they must stay. */
    final Map<String, AppClient> foreignClients = new LinkedHashMap<>();

    /** The ids of clients that another writer deleted or renamed. */
    final Set<String> lostClients = new HashSet<>();

    /** Clients of objects deleted with Retain, which must still exist: client id to pool id. */
    final Map<String, String> mustExist = new LinkedHashMap<>();

    /** Foreign Secrets by namespace and name, as they must stay. */
    final Map<String, Secret> foreignSecrets = new LinkedHashMap<>();

    /** UIDs of the objects whose client another writer changed. Only a drift check can find this. */
    final Set<String> drifted = new HashSet<>();

    /** Clients created for adoption, by id, as they were created. */
    final Map<String, AppClient> legacies = new LinkedHashMap<>();

    /** The ids of {@link #legacies} that may have changed: an object manages them, or another writer changed them. */
    final Set<String> changedLegacies = new HashSet<>();

    /** Adopted clients of objects deleted with Delete, which must be deleted: client id to UID. */
    final Map<String, String> mustBeDeleted = new LinkedHashMap<>();

    /** The number of steps by kind. */
    final Map<String, Integer> counts = new TreeMap<>();

    /** @param object as the API server returned it after a user wrote its manifest */
    void recordApplied(JsonNode object, String poolId) {
        JsonNode meta = object.path("metadata");
        JsonNode spec = object.path("spec");
        String where = meta.path("namespace").asText() + "/" + meta.path("name").asText();
        History history = histories.computeIfAbsent(meta.path("uid").asText(), id -> new History(where, poolId));
        history.retain = retains(spec);
        history.secretEverRetained |=
                spec.path("secret").path("onDelete").asText().equals("Retain");
        if (!observes(spec)) {
            changedLegacies.add(adopts(spec));
        }
    }

    /** The id of the client that the object adopts; empty if it creates its own. */
    static String adopts(JsonNode spec) {
        return spec.path("adopt").path("clientId").asText();
    }

    static boolean observes(JsonNode spec) {
        return spec.path("mode").asText().equals("Observe");
    }

    /** Whether a deletion retains the client: by policy, since it is only observed, or since it is adopted without a policy. */
    private static boolean retains(JsonNode spec) {
        String policy = spec.path("deletionPolicy").asText();
        boolean adoptedWithoutPolicy = policy.isEmpty() && !adopts(spec).isEmpty();
        return policy.equals("Retain") || adoptedWithoutPolicy || observes(spec);
    }

    void recordSecretChange(String uid) {
        histories.get(uid).secretChanges++;
    }

    void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }
}
