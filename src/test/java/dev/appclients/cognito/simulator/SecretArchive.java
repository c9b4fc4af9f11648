package dev.appclients.cognito.simulator;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Every secret that the clients of a pool have or had. Keeps ids unique and names the secret of a refused value. */
final class SecretArchive {

    private static final class Known {
        private final Map<String, String> idsByValue = new HashMap<>();
        private final Map<String, String> valuesById = new HashMap<>();

        synchronized void add(LiveSecret secret) {
            if (valuesById.putIfAbsent(secret.id(), secret.value()) == null) {
                idsByValue.put(secret.value(), secret.id());
            }
        }

        synchronized boolean hasId(String id) {
            return valuesById.containsKey(id);
        }

        synchronized @Nullable String idOf(String value) {
            return idsByValue.get(value);
        }
    }

    private final Map<String, Known> clients = new ConcurrentHashMap<>();

    void add(String clientId, List<LiveSecret> secrets) {
        if (!secrets.isEmpty()) {
            var known = clients.computeIfAbsent(clientId, absent -> new Known());
            secrets.forEach(known::add);
        }
    }

    /**
     * Returns an id that the client never had: {@code <client id>--<epoch second>}. Ids of the same second continue with
     * {@code -2}, {@code -3} and so on, also after a deletion.
     */
    String nextId(String clientId, Instant now) {
        var first = firstId(clientId, now);
        var known = clients.get(clientId);
        var id = first;
        for (int number = 2; known != null && known.hasId(id); number++) {
            id = first + "-" + number;
        }
        return id;
    }

    static String firstId(String clientId, Instant now) {
        return clientId + "--" + now.getEpochSecond();
    }

    /** Returns the id of the newest secret of the client that has or had this value. */
    @Nullable
    String idOf(String clientId, String value) {
        var known = clients.get(clientId);
        return known == null ? null : known.idOf(value);
    }

    void forget(String clientId) {
        clients.remove(clientId);
    }
}
