package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.authorization.Quota.Member;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Requests reconciliations when a UserPoolClient is created or deleted:
 *
 * <ul>
 *   <li>of its pool, which may be in use or not
 *   <li>of the oldest clients that wait for room in the user pool
 *   <li>of the client that gains or loses a place in the quota of the namespace
 *   <li>of the clients that adopt the same app client, because another one may be the first now
 * </ul>
 */
final class ClientLifecycleEventSource extends AbstractEventSource<Void, UserPoolClient>
        implements ResourceEventAware<UserPoolClient> {

    /** One deletion makes room for one client. The oldest clients may be unable to use it, so some more try. */
    private static final int TRIES_FOR_ROOM = 3;

    private final SimpleInboundEventSource<ClusterUserPool> pools;
    private final Function<UserPoolClient, Set<ResourceID>> rivals;
    private final Function<String, List<UserPoolClient>> waitingForRoom;
    private final RoomTries tries;
    private final QuotaPlaces<UserPoolClient> quotas;

    /**
     * @param rivals the clients that adopt the app client that a client has or adopts
     * @param waitingForRoom the clients of a pool whose create failed because the pool was full, or is in flight and may fail
     * @param tries the waiting clients that may try to create
     * @param quotas the clients that gain or lose a place
     */
    ClientLifecycleEventSource(
            SimpleInboundEventSource<ClusterUserPool> pools,
            Function<UserPoolClient, Set<ResourceID>> rivals,
            Function<String, List<UserPoolClient>> waitingForRoom,
            RoomTries tries,
            QuotaPlaces<UserPoolClient> quotas) {
        super(Void.class, "client-lifecycle");
        this.pools = pools;
        this.rivals = rivals;
        this.waitingForRoom = waitingForRoom;
        this.tries = tries;
        this.quotas = quotas;
    }

    @Override
    public void onResourceCreated(UserPoolClient client) {
        signal(client);
        // An object with a status is not new: the operator has started and lists it.
        if (client.getStatus() == null || client.getStatus().conditions() == null) {
            quotas.losesAfterCreation(client).ifPresent(this::wake);
        }
    }

    @Override
    public void onResourceUpdated(UserPoolClient now, UserPoolClient before) {
        // A new object has taken the name of the former while the watch was broken.
        if (!now.getMetadata().getUid().equals(before.getMetadata().getUid())) {
            onResourceDeleted(before);
            onResourceCreated(now);
        } else if (!Objects.equals(
                now.getMetadata().getGeneration(), before.getMetadata().getGeneration())) {
            wakeRivals(before);
            wakeRivals(now);
        }
    }

    @Override
    public void onResourceDeleted(UserPoolClient client) {
        signal(client);
        tries.use(client);
        if (mayHaveHadClient(client)) {
            List<UserPoolClient> waiting =
                    waitingForRoom.apply(client.getSpec().userPoolRef().name());
            letTry(waiting.stream().filter(ClientIndex::foundPoolFull));
            // Apart, because most of them find room anyway, and must not take the tries of those that did not.
            letTry(waiting.stream().filter(creating -> !ClientIndex.foundPoolFull(creating)));
        }
    }

    /**
     * Gives the place in the quota to another client. Called inside the change of the cache: when several clients go, the events come
     * after the last change, and would all give the last place only. The caches must be filled.
     */
    void clientGone(UserPoolClient client) {
        quotas.gainsAfterDeletion(client).ifPresent(this::wake);
    }

    /** A create that succeeded shows that the user pool had room, so the next younger clients that found it full try too. */
    void foundRoom(UserPoolClient created) {
        tries.use(created);
        Member last = Member.of(created);
        letTry(waitingForRoom.apply(created.getSpec().userPoolRef().name()).stream()
                .filter(ClientIndex::foundPoolFull)
                .filter(waiting -> Member.of(waiting).compareTo(last) > 0));
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
        rivals.apply(client).forEach(this::wake);
    }

    /** Wakes the oldest ones. */
    private void letTry(Stream<UserPoolClient> waiting) {
        waiting.sorted(Comparator.comparing(Member::of)).limit(TRIES_FOR_ROOM).forEach(client -> {
            tries.permit(client);
            wake(ResourceID.fromResource(client));
        });
    }

    private void wake(ResourceID client) {
        getEventHandler().handleEvent(new Event(client));
    }

    private static boolean hasClient(UserPoolClient client) {
        return client.getStatus() != null && client.getStatus().clientId() != null;
    }

    /** The operator deletes an app client of an unknown outcome too. */
    private static boolean mayHaveHadClient(UserPoolClient client) {
        return hasClient(client)
                || (client.getStatus() != null && client.getStatus().pendingCreate() != null);
    }
}
