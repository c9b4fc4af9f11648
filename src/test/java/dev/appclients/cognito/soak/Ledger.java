package dev.appclients.cognito.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.simulator.AppClient;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What has been done from outside: the oracle judges what is there by what was asked for, and by what others did. */
final class Ledger {

    /** An object that is or was there. */
    static final class Past {

        final String where;
        final String poolId;

        /** Whether its manifest says that the client is to be kept. */
        boolean retain;

        /** Whether that was changed while the object was going: then either is right. */
        boolean changedItsMind;

        /** Whether its manifest ever said that the Secret is to be kept: the last word may have come too late. */
        boolean secretEverRetained;

        int tampered;
        int recreated;

        Past(String where, String poolId) {
            this.where = where;
            this.poolId = poolId;
        }
    }

    /** By UID. */
    final Map<String, Past> pasts = new LinkedHashMap<>();

    /** Clients that somebody else made, by their id, as they must stay. */
    final Map<String, AppClient> strangers = new LinkedHashMap<>();

    /** The id of each client that was deleted or renamed behind the operator's back. */
    final Set<String> takenAway = new HashSet<>();

    /** The pool of each client whose object was deleted with Retain, by its id: it must still be there. */
    final Map<String, String> toBeKept = new LinkedHashMap<>();

    /** Secrets that somebody else made, by namespace and name, as they must stay. */
    final Map<String, Secret> squats = new LinkedHashMap<>();

    /** UIDs of the objects whose client was changed behind the operator's back: only a look can tell. */
    final Set<String> drifted = new HashSet<>();

    /** Clients that were there for an object to adopt, by their id, as they were made. */
    final Map<String, AppClient> legacies = new LinkedHashMap<>();

    /** Those of them that somebody had reason to change: an object that manages it, or a foreign hand. */
    final Set<String> touchedLegacies = new HashSet<>();

    /** The UID of each object that went with Delete after it had adopted, by the id of its client: that one must go too. */
    final Map<String, String> toBeGone = new LinkedHashMap<>();

    /** How often what was done. */
    final Map<String, Integer> counts = new TreeMap<>();

    /** @param object as the API server has it after somebody has written its manifest */
    void asked(JsonNode object, String poolId) {
        JsonNode meta = object.path("metadata");
        JsonNode spec = object.path("spec");
        String where = meta.path("namespace").asText() + "/" + meta.path("name").asText();
        Past past = pasts.computeIfAbsent(meta.path("uid").asText(), id -> new Past(where, poolId));
        past.retain = keeps(spec);
        past.secretEverRetained |= spec.path("secret").path("onDelete").asText().equals("Retain");
        if (!observes(spec)) {
            touchedLegacies.add(adopts(spec));
        }
    }

    /** The id of the client that the object takes over; empty when it makes its own. */
    static String adopts(JsonNode spec) {
        return spec.path("adopt").path("clientId").asText();
    }

    static boolean observes(JsonNode spec) {
        return spec.path("mode").asText().equals("Observe");
    }

    /** Whether the client stays when the object goes: when that is said, when it is only observed, when it was not made for the object. */
    private static boolean keeps(JsonNode spec) {
        String policy = spec.path("deletionPolicy").asText();
        boolean unsaid = policy.isEmpty() && !adopts(spec).isEmpty();
        return policy.equals("Retain") || unsaid || observes(spec);
    }

    void tampered(String uid) {
        pasts.get(uid).tampered++;
    }

    void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }
}
