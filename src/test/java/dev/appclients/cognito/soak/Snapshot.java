package dev.appclients.cognito.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.simulator.AppClient;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The state of the cluster and of Cognito at one moment, and the recorded actions.
 *
 * @param objects the UserPoolClients on the API server
 * @param pools the ClusterUserPools by name
 * @param clients the app clients by pool id
 * @param secrets every Secret of the namespaces
 * @param missing the scopes and providers that a pool lacks now, by pool id
 */
record Snapshot(
        List<JsonNode> objects,
        Map<String, JsonNode> pools,
        Map<String, List<AppClient>> clients,
        List<Secret> secrets,
        Map<String, Set<String>> missing,
        Ledger ledger) {

    /** The name suffix of every client of the object: the first ten hexadecimal digits of its UID. */
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
