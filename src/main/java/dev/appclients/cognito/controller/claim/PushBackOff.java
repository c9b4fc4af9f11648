package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Delays the retries of pushes that the API server refused, by client and namespace: 15 s after the first failure, then twice as long each
 * time, up to 5 min.
 */
final class PushBackOff {

    private static final Duration FIRST = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Map<String, Map<String, Retry>> byUid = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** @param nanoTime monotonic: a change of the wall clock must not change a delay */
    PushBackOff(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The time until the next attempt in this namespace; null if it is due. */
    @Nullable
    Duration beforeNext(String clientUid, String namespace) {
        Map<String, Retry> retries = byUid.get(clientUid);
        Retry retry = retries == null ? null : retries.get(namespace);
        long left = retry == null ? 0 : retry.at - nanoTime.getAsLong();
        return left > 0 ? Duration.ofNanos(left) : null;
    }

    /**
     * Records a failed attempt. Returns whether it is the first one since a success.
     *
     * @param missingRight the report of the right that the operator lacks; null if the attempt failed for another cause
     */
    boolean failed(String clientUid, String namespace, @Nullable StopReconciliation missingRight) {
        Retry now = byUid.computeIfAbsent(clientUid, uid -> new ConcurrentHashMap<>())
                .merge(
                        namespace,
                        next(FIRST, missingRight),
                        (before, first) -> next(longer(before.delay), missingRight));
        return now.delay.equals(FIRST);
    }

    /** The right that the operator lacked at the last attempt; null if it lacked none. */
    @Nullable
    StopReconciliation missingRight(String clientUid) {
        return byUid.getOrDefault(clientUid, Map.of()).entrySet().stream()
                .filter(retry -> retry.getValue().missingRight != null)
                // The status must not change with the order of the map.
                .min(Map.Entry.comparingByKey())
                .map(retry -> retry.getValue().missingRight)
                .orElse(null);
    }

    void succeeded(String clientUid, String namespace) {
        byUid.computeIfPresent(clientUid, (uid, retries) -> {
            retries.remove(namespace);
            return retries.isEmpty() ? null : retries;
        });
    }

    /** Forgets the namespaces that the client does not push to now. */
    void retain(String clientUid, Set<String> targets) {
        byUid.computeIfPresent(clientUid, (uid, retries) -> {
            retries.keySet().retainAll(targets);
            return retries.isEmpty() ? null : retries;
        });
    }

    void forget(String clientUid) {
        byUid.remove(clientUid);
    }

    /** The number of clients with a failed push. */
    int size() {
        return byUid.size();
    }

    private Retry next(Duration delay, @Nullable StopReconciliation missingRight) {
        return new Retry(delay, nanoTime.getAsLong() + delay.toNanos(), missingRight);
    }

    private static Duration longer(Duration delay) {
        Duration twice = delay.multipliedBy(2);
        return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }

    private record Retry(Duration delay, long at, @Nullable StopReconciliation missingRight) {}
}
