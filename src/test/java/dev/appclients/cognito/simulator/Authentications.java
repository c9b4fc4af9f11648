package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts the accepted and records the refused requests at the token endpoint. Keeps the newest 100,000 refusals. */
public final class Authentications {

    /** The key of a public client in {@link #accepted(String)}. */
    public static final String NO_SECRET = "none";

    private static final int KEPT = 100_000;

    private final InstantSource clock;
    private final Map<String, Map<String, LongAdder>> accepted = new ConcurrentHashMap<>();
    private final Deque<AuthenticationRefusal> refusals = new ArrayDeque<>();
    private long refused;

    Authentications(InstantSource clock) {
        this.clock = clock;
    }

    /** The number of accepted requests of a client since the last clear, by secret id. */
    public Map<String, Long> accepted(String clientId) {
        return accepted.getOrDefault(clientId, Map.of()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().sum()));
    }

    /** The number of accepted requests of all clients since the last clear. */
    public long accepted() {
        return accepted.values().stream()
                .flatMap(each -> each.values().stream())
                .mapToLong(LongAdder::sum)
                .sum();
    }

    /** The number of refused requests since the last clear, also of those that are no longer kept. */
    public synchronized long refused() {
        return refused;
    }

    /** The kept refusals, oldest first. */
    public synchronized List<AuthenticationRefusal> refusals() {
        return List.copyOf(refusals);
    }

    /** The kept refusals of one client, oldest first. */
    public synchronized List<AuthenticationRefusal> refusals(String clientId) {
        return refusals.stream()
                .filter(refusal -> refusal.clientId().equals(clientId))
                .toList();
    }

    ObjectNode json() {
        var json = Json.object().put("accepted", accepted()).put("refused", refused());
        var clients = json.putObject("acceptedBySecretId");
        accepted.forEach((clientId, secrets) -> {
            var counts = clients.putObject(clientId);
            secrets.forEach((secretId, count) -> counts.put(secretId, count.sum()));
        });
        var list = json.putArray("refusals");
        refusals().forEach(refusal -> list.add(refusal.json()));
        return json;
    }

    public synchronized void clear() {
        accepted.clear();
        refusals.clear();
        refused = 0;
    }

    void accepted(String clientId, String secretId) {
        accepted.computeIfAbsent(clientId, absent -> new ConcurrentHashMap<>())
                .computeIfAbsent(secretId, absent -> new LongAdder())
                .increment();
    }

    void refused(String clientId, @Nullable String secretId, String method, String error) {
        var refusal = new AuthenticationRefusal(clock.instant(), clientId, secretId, method, error);
        synchronized (this) {
            refused++;
            refusals.add(refusal);
            if (refusals.size() > KEPT) {
                refusals.removeFirst();
            }
        }
    }
}
