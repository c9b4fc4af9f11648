package dev.appclients.cognito.controller;

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
 * Tells those whom it concerns that a client came or went: its pool, which may be in use or not; those who found the pool full,
 * for there may be room; and the clients that want to adopt the same app client, of which the first may be another one now.
 */
final class ClientComings extends AbstractEventSource<Void, UserPoolClient>
        implements ResourceEventAware<UserPoolClient> {

    private final SimpleInboundEventSource<ClusterUserPool> pools;
    private final Function<UserPoolClient, Set<ResourceID>> rivals;
    private final Function<String, List<UserPoolClient>> waitingForRoom;
    private final Predicate<String> poolExists;
    private final Map<String, Long> departures = new ConcurrentHashMap<>();

    /**
     * @param rivals those that want to adopt what a client has or wants
     * @param waitingForRoom the clients that found a pool full
     * @param poolExists whether there is a ClusterUserPool of this name
     */
    ClientComings(
            SimpleInboundEventSource<ClusterUserPool> pools,
            Function<UserPoolClient, Set<ResourceID>> rivals,
            Function<String, List<UserPoolClient>> waitingForRoom,
            Predicate<String> poolExists) {
        super(Void.class, "comings");
        this.pools = pools;
        this.rivals = rivals;
        this.waitingForRoom = waitingForRoom;
        this.poolExists = poolExists;
    }

    /** How many clients of this pool have gone since this process began. */
    long departures(String pool) {
        return departures.getOrDefault(pool, 0L);
    }

    /** The pool's object is gone from the cache. */
    void forgetPool(String pool) {
        departures.remove(pool);
    }

    /** For how many pools departures are counted. */
    int size() {
        return departures.size();
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
        // Asked within the update, so that a pool that goes at the same moment leaves no entry behind.
        departures.compute(
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
