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

    /** How often what was done. */
    final Map<String, Integer> counts = new TreeMap<>();

    void asked(String uid, String where, String poolId, JsonNode spec) {
        Past past = pasts.computeIfAbsent(uid, id -> new Past(where, poolId));
        past.retain = spec.path("deletionPolicy").asText().equals("Retain");
        past.secretEverRetained |= spec.path("secret").path("onDelete").asText().equals("Retain");
    }

    void tampered(String uid) {
        pasts.get(uid).tampered++;
    }

    void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }
}
