package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.PoolFacts;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The facts of the pools that this process read from AWS. Other writers can write a pool's status, so the facts in a status are
 * unconfirmed. After a restart the operator uses them as long as they change nothing, and reads them again before they do.
 */
public final class PoolReadings {

    /** By UID of the pool. */
    private final Map<String, Reading> readings = new ConcurrentHashMap<>();

    /** The clients that wait until the pool is read, by UID of the pool. */
    private final Map<String, Set<ResourceID>> waiting = new ConcurrentHashMap<>();

    /** The UIDs of the pools whose last read failed. */
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    private final Consumer<ResourceID> wakePool;
    private final Consumer<ResourceID> wakeClient;

    public PoolReadings(Consumer<ResourceID> wakePool, Consumer<ResourceID> wakeClient) {
        this.wakePool = wakePool;
        this.wakeClient = wakeClient;
    }

    /** The facts that this process read for the pool's current generation; empty when it has not. */
    public Optional<PoolFacts> confirmed(ClusterUserPool pool) {
        return Optional.ofNullable(readings.get(uid(pool)))
                .filter(reading ->
                        Objects.equals(reading.generation(), pool.getMetadata().getGeneration()))
                .map(Reading::facts);
    }

    /** The confirmed facts of the pool, else the facts in its status; empty when these are missing or malformed. */
    public Optional<PoolFacts> facts(ClusterUserPool pool) {
        return confirmed(pool).or(() -> Optional.ofNullable(Pools.facts(pool)));
    }

    /**
     * The ARN of the pool that a client is in: the recorded one, else the one in the facts of the pool; null when neither is known.
     *
     * @param recorded the ARN in the client's status; null without one
     */
    public @Nullable String arn(@Nullable String recorded, ClusterUserPool pool) {
        return recorded != null
                ? recorded
                : facts(pool).map(facts -> facts.arn().value()).orElse(null);
    }

    /**
     * Requires that this process read the facts that a reconciliation uses. If it has read none, the pool is reconciled, which reads it
     * once for all waiting clients and then requests their reconciliations. If it has read others, the reconciliation began before that
     * read and must begin again.
     *
     * @param used the facts with which the reconciliation began
     * @throws PoolUnread if they are not confirmed
     */
    public void require(ClusterUserPool pool, PoolFacts used, UserPoolClient client) {
        if (isConfirmed(pool, used)) {
            return;
        }
        ResourceID id = ResourceID.fromResource(client);
        boolean first = join(pool, id);
        if (confirmed(pool).isPresent()) {
            // A concurrent read ended before this client waited. The client must not cause another one.
            leave(pool, id);
            if (isConfirmed(pool, used)) {
                return;
            }
        }
        // A failed read is retried after the pool's own back-off, however many clients wait.
        if (first) {
            wakePool.accept(ResourceID.fromResource(pool));
        }
        throw PoolUnread.awaited(pool.getMetadata().getName(), failing.contains(uid(pool)));
    }

    /** @return whether no other client waits */
    private boolean join(ClusterUserPool pool, ResourceID client) {
        AtomicBoolean first = new AtomicBoolean();
        waiting.compute(uid(pool), (uid, known) -> {
            first.set(known == null);
            Set<ResourceID> waiters = known == null ? ConcurrentHashMap.newKeySet() : known;
            waiters.add(client);
            return waiters;
        });
        return first.get();
    }

    private void leave(ClusterUserPool pool, ResourceID client) {
        waiting.computeIfPresent(uid(pool), (uid, waiters) -> {
            waiters.remove(client);
            return waiters.isEmpty() ? null : waiters;
        });
    }

    /** @throws PoolUnread if this process has read other facts */
    private boolean isConfirmed(ClusterUserPool pool, PoolFacts used) {
        Optional<PoolFacts> confirmed = confirmed(pool);
        if (confirmed.isPresent() && !confirmed.get().equals(used)) {
            throw PoolUnread.overtaken(pool.getMetadata().getName());
        }
        return confirmed.isPresent();
    }

    /** Whether clients wait until the pool is read. */
    public boolean hasWaiters(ClusterUserPool pool) {
        return waiting.containsKey(uid(pool));
    }

    /** Records the facts that this process read, and requests a reconciliation of the waiting clients. */
    public void recordRead(ClusterUserPool pool, PoolFacts facts) {
        readings.put(uid(pool), new Reading(pool.getMetadata().getGeneration(), facts));
        failing.remove(uid(pool));
        Set<ResourceID> waiters = waiting.remove(uid(pool));
        if (waiters != null) {
            waiters.forEach(wakeClient);
        }
    }

    /** Records a failed read. The waiting clients report it in their statuses and keep waiting. */
    public void recordFailure(ClusterUserPool pool) {
        // The mark comes first: a client that begins to wait later reads it.
        if (failing.add(uid(pool))) {
            waiting.getOrDefault(uid(pool), Set.of()).forEach(wakeClient);
        }
    }

    /** Drops everything about a deleted pool. */
    public void forget(String uid) {
        readings.remove(uid);
        waiting.remove(uid);
        failing.remove(uid);
    }

    /** The number of entries in all maps. */
    int size() {
        return readings.size() + waiting.size() + failing.size();
    }

    private static String uid(ClusterUserPool pool) {
        return pool.getMetadata().getUid();
    }

    private record Reading(@Nullable Long generation, PoolFacts facts) {}
}
