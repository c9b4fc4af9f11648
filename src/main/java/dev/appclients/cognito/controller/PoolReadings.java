package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.PoolFacts;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The facts of the pools that this process has read from AWS itself. Others can write a pool's status, so the facts in it are
 * unconfirmed: they hold after a restart as long as they change nothing, and are read again before they do.
 */
final class PoolReadings {

    /** By UID of the pool. */
    private final Map<String, Reading> readings = new ConcurrentHashMap<>();

    /** The clients that wait for a reading, by UID of the pool. */
    private final Map<String, Set<ResourceID>> waiting = new ConcurrentHashMap<>();

    /** The pools whose last reading failed. */
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    private final Consumer<ResourceID> wakePool;
    private final Consumer<ResourceID> wakeClient;

    PoolReadings(Consumer<ResourceID> wakePool, Consumer<ResourceID> wakeClient) {
        this.wakePool = wakePool;
        this.wakeClient = wakeClient;
    }

    /** The facts that this process has read of the pool in its present generation; empty when it has read none. */
    Optional<PoolFacts> confirmed(ClusterUserPool pool) {
        return Optional.ofNullable(readings.get(uid(pool)))
                .filter(reading ->
                        Objects.equals(reading.generation(), pool.getMetadata().getGeneration()))
                .map(Reading::facts);
    }

    /** The facts of the pool: the confirmed ones, else those in its status; empty when the status has none that can be true. */
    Optional<PoolFacts> facts(ClusterUserPool pool) {
        return confirmed(pool).or(() -> Optional.ofNullable(Pools.facts(pool)));
    }

    /**
     * The ARN of the pool that a client is in: the recorded one, else the one in the facts of the pool; null when neither is known.
     *
     * @param recorded the ARN in the client's status; null without one
     */
    @Nullable
    String arn(@Nullable String recorded, ClusterUserPool pool) {
        return recorded != null
                ? recorded
                : facts(pool).map(facts -> facts.arn().value()).orElse(null);
    }

    /**
     * Makes sure that the facts of the pool are confirmed. Where they are not, the pool's own pass reads them, once for all
     * clients that wait, and wakes these.
     *
     * @throws PoolUnread if they are not confirmed yet
     */
    void require(ClusterUserPool pool, UserPoolClient client) {
        if (confirmed(pool).isPresent()) {
            return;
        }
        Set<ResourceID> waiters = waiting.computeIfAbsent(uid(pool), uid -> ConcurrentHashMap.newKeySet());
        boolean first = waiters.isEmpty();
        waiters.add(ResourceID.fromResource(client));
        if (confirmed(pool).isPresent()) {
            // Read meanwhile, perhaps before this client was among those that are woken.
            return;
        }
        // A pool whose reading failed is read again at its own pace, however many wait.
        if (first) {
            wakePool.accept(ResourceID.fromResource(pool));
        }
        throw new PoolUnread(pool.getMetadata().getName(), failing.contains(uid(pool)));
    }

    /** Whether clients wait for the pool to be read. */
    boolean isWanted(ClusterUserPool pool) {
        return waiting.containsKey(uid(pool));
    }

    /** This process has read the pool. */
    void read(ClusterUserPool pool, PoolFacts facts) {
        readings.put(uid(pool), new Reading(pool.getMetadata().getGeneration(), facts));
        failing.remove(uid(pool));
        Set<ResourceID> waiters = waiting.remove(uid(pool));
        if (waiters != null) {
            waiters.forEach(wakeClient);
        }
    }

    /** This process could not read the pool: those that wait tell so, and wait on. */
    void failed(ClusterUserPool pool) {
        Set<ResourceID> waiters = waiting.get(uid(pool));
        if (failing.add(uid(pool)) && waiters != null) {
            waiters.forEach(wakeClient);
        }
    }

    /** The pool's object is gone. */
    void forget(String uid) {
        readings.remove(uid);
        waiting.remove(uid);
        failing.remove(uid);
    }

    /** How many entries there are, of all kinds. */
    int size() {
        return readings.size() + waiting.size() + failing.size();
    }

    private static String uid(ClusterUserPool pool) {
        return pool.getMetadata().getUid();
    }

    private record Reading(@Nullable Long generation, PoolFacts facts) {}
}
