package dev.appclients.cognito.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.simulator.AppClient;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that there is on both sides at one moment, and what has been done from outside.
 *
 * @param objects the UserPoolClients as the API server has them
 * @param pools the ClusterUserPools by their name
 * @param clients the app clients by the id of their pool
 * @param secrets every Secret of the namespaces
 * @param missing what a pool lacks at the moment: scopes and providers, by the id of the pool
 */
record Snapshot(
        List<JsonNode> objects,
        Map<String, JsonNode> pools,
        Map<String, List<AppClient>> clients,
        List<Secret> secrets,
        Map<String, Set<String>> missing,
        Ledger ledger) {

    /** The end of the name of every client of that object: the first ten hexadecimal digits of its UID. */
    static String suffix(String uid) {
        return "." + uid.replace("-", "").substring(0, 10);
    }

    Stream<AppClient> clientsOf(String poolId, String uid) {
        return clients.get(poolId).stream().filter(client -> client.name().endsWith(suffix(uid)));
    }

    boolean has(String poolId, String clientId) {
        return clients.get(poolId).stream().anyMatch(client -> client.clientId().equals(clientId));
    }
}
