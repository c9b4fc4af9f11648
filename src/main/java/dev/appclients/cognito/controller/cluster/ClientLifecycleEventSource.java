package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Requests reconciliations when a UserPoolClient is created or deleted: of its pool, which may be in use or not; of the clients whose
 * create failed because the pool was full; and of the clients that adopt the same app client, because another one may be the first now.
 */
final class ClientLifecycleEventSource extends AbstractEventSource<Void, UserPoolClient>
        implements ResourceEventAware<UserPoolClient> {

    private final SimpleInboundEventSource<ClusterUserPool> pools;
    private final Function<UserPoolClient, Set<ResourceID>> rivals;
    private final Function<String, List<UserPoolClient>> waitingForRoom;
    private final Predicate<String> poolExists;
    private final Map<String, Long> deletions = new ConcurrentHashMap<>();

    /**
     * @param rivals the clients that adopt the app client that a client has or adopts
     * @param waitingForRoom the clients of a pool whose create failed because the pool was full
     * @param poolExists whether the cache has a ClusterUserPool of this name
     */
    ClientLifecycleEventSource(
            SimpleInboundEventSource<ClusterUserPool> pools,
            Function<UserPoolClient, Set<ResourceID>> rivals,
            Function<String, List<UserPoolClient>> waitingForRoom,
            Predicate<String> poolExists) {
        super(Void.class, "client-lifecycle");
        this.pools = pools;
        this.rivals = rivals;
        this.waitingForRoom = waitingForRoom;
        this.poolExists = poolExists;
    }

    /** The number of clients of this pool that were deleted since the process started. */
    long deletions(String pool) {
        return deletions.getOrDefault(pool, 0L);
    }

    /** Drops the count of a pool whose object is gone from the cache. */
    void forgetPool(String pool) {
        deletions.remove(pool);
    }

    /** The number of pools that have a count. */
    int size() {
        return deletions.size();
    }

    @Override
    public void onResourceCreated(UserPoolClient client) {
        signal(client);
    }

    @Override
    public void onResourceUpdated(UserPoolClient now, UserPoolClient before) {
        if (!Objects.equals(
                now.getMetadata().getGeneration(), before.getMetadata().getGeneration())) {
            wakeRivals(before);
            wakeRivals(now);
        }
    }

    @Override
    public void onResourceDeleted(UserPoolClient client) {
        String pool = client.getSpec().userPoolRef().name();
        // Tested within the update, so that a pool that is deleted concurrently leaves no entry.
        deletions.compute(
                pool, (name, before) -> poolExists.test(name) ? Objects.requireNonNullElse(before, 0L) + 1 : null);
        signal(client);
        waitingForRoom
                .apply(pool)
                .forEach(waiting -> getEventHandler().handleEvent(new Event(ResourceID.fromResource(waiting))));
    }

    @Override
    public Set<Void> getSecondaryResources(UserPoolClient client) {
        return Set.of();
    }

    private void signal(UserPoolClient client) {
        wakeRivals(client);
        pools.propagateEvent(new ResourceID(client.getSpec().userPoolRef().name()));
    }

    private void wakeRivals(UserPoolClient client) {
        rivals.apply(client).forEach(rival -> getEventHandler().handleEvent(new Event(rival)));
    }
}
