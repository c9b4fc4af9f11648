package dev.appclients.cognito.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.collection.Interner;
import dev.appclients.cognito.collection.LeanValues;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The clients that try again when a user pool that was full has room, and those that gain a place in a quota. */
class ClientLifecycleEventSourceTest {

    private static final String POOL_FULL = "{conditions: [{type: Ready, status: 'False', reason: LimitExceeded}]}";
    private static final String CREATING =
            "{pendingCreate: {since: '2026-01-01T00:00:00Z'}, conditions: [{type: Ready, status: Unknown, reason: Creating}]}";

    private static final ClusterUserPool POOL = Serialization.unmarshal("""
            apiVersion: cognito.appclients.dev/v1beta1
            kind: ClusterUserPool
            metadata: {name: customers, uid: uid-customers, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec:
              userPoolId: eu-west-1_Shop
              aws: {identity: Operator}
              tenancy: Restricted
              quota: {clientsPerNamespace: 2}
            """, ClusterUserPool.class);

    private final List<UserPoolClient> waiting = new ArrayList<>(IntStream.range(0, 500)
            .mapToObj(i -> client("waiting" + i, i, POOL_FULL))
            .toList()
            .reversed());
    private @Nullable UserPoolClient gone;
    private final List<String> woken = new ArrayList<>();
    private final RoomTries tries = new RoomTries(client -> isGone(client));
    private final ClientItemStore cache =
            new ClientItemStore(new LeanValues(new Interner(64)), ChangeListener.ofGone(client -> clientGone(client)));
    private final ClientLifecycleEventSource source = new ClientLifecycleEventSource(
            new SimpleInboundEventSource<>("pools"),
            client -> Set.of(),
            pool -> waiting,
            tries,
            QuotaPlaces.ofClients(
                    () -> List.of(POOL), namespace -> cache.values().toList()));

    @BeforeEach
    void collectEvents() {
        source.setEventHandler(
                event -> woken.add(event.getRelatedCustomResourceID().getName()));
    }

    @Test
    void aDeletedAppClientWakesTheThreeOldestOnly() {
        source.onResourceDeleted(client("gone", 1, "{clientId: 3abc}"));

        assertThat(woken).containsExactly("waiting0", "waiting1", "waiting2");
        assertThat(permitted()).isEqualTo(woken);
    }

    @Test
    void anObjectWithoutAnAppClientMakesNoRoom() {
        source.onResourceDeleted(client("gone", 1, "{}"));

        assertThat(woken).isEmpty();
        assertThat(permitted()).isEmpty();
    }

    @Test
    void aCreateThatSucceedsWakesTheThreeNextYoungerOnes() {
        source.foundRoom(waiting.reversed().get(2));

        assertThat(woken).containsExactly("waiting3", "waiting4", "waiting5");
        assertThat(permitted()).isEqualTo(woken);
    }

    @Test
    void aCreateThatSucceedsWakesNoClientWhoseCreateIsInFlight() {
        waiting.set(waiting.size() - 1, client("waiting0", 0, CREATING));

        source.foundRoom(client("first", 0, "{}"));

        assertThat(woken).containsExactly("waiting1", "waiting2", "waiting3");
    }

    @Test
    void theBeginOfACreateAndTheEndOfTheObjectEndThePermission() {
        source.onResourceDeleted(client("gone", 1, "{clientId: 3abc}"));

        tries.use(waiting.reversed().getFirst());
        source.onResourceDeleted(waiting.reversed().get(1));
        source.foundRoom(client("waiting2", 1_000, "{}"));

        assertThat(tries.size()).isZero();
    }

    @Test
    void anObjectThatIsGoneIsNotRemembered() {
        gone = waiting.reversed().getFirst();

        source.onResourceDeleted(client("gone", 1, "{clientId: 3abc}"));

        assertThat(permitted()).containsExactly("waiting1", "waiting2");
        assertThat(tries.size()).isEqualTo(2);
    }

    /** The cache is ahead of the events. */
    @Test
    void deletionsAtOnceWakeEachClientThatGainsAPlace() {
        List<UserPoolClient> clients = IntStream.range(0, 5)
                .mapToObj(i -> client("client" + i, i, "{}"))
                .toList();
        clients.forEach(client -> cache.put(cache.getKey(client), client));

        cache.remove("shop/client0");
        cache.remove("shop/client1");
        source.onResourceDeleted(clients.get(0));
        source.onResourceDeleted(clients.get(1));

        assertThat(woken).containsExactly("client2", "client3");
    }

    @Test
    void anObjectThatTookTheNameOfAnotherOneWakesAsADeletionDoes() {
        UserPoolClient former = client("gone", 1, "{clientId: 3abc}");
        UserPoolClient now = client("gone", 1_000, "{}");
        now.getMetadata().setUid("another");
        tries.permit(former);

        source.onResourceUpdated(now, former);

        assertThat(woken).containsExactly("waiting0", "waiting1", "waiting2");
        assertThat(tries.isPermitted(former)).isFalse();
    }

    @Test
    void anObjectThatTookTheNameOfAnotherOneFreesThePlaceOfTheFormer() {
        List<UserPoolClient> clients = IntStream.range(0, 3)
                .mapToObj(i -> client("client" + i, i, "{}"))
                .toList();
        clients.forEach(client -> cache.put(cache.getKey(client), client));
        UserPoolClient another = client("client0", 9, "{}");
        another.getMetadata().setUid("another");

        cache.put("shop/client0", another);

        assertThat(woken).containsExactly("client2");
    }

    private void clientGone(UserPoolClient client) {
        source.clientGone(client);
    }

    private boolean isGone(UserPoolClient client) {
        return client == gone;
    }

    private List<String> permitted() {
        return waiting.reversed().stream()
                .filter(tries::isPermitted)
                .map(client -> client.getMetadata().getName())
                .toList();
    }

    private static UserPoolClient client(String name, int second, String status) {
        return Serialization.unmarshal(
                """
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: %s, namespace: shop, uid: uid-%s, creationTimestamp: "2026-01-01T00:%02d:%02dZ"}
                spec: {userPoolRef: {name: customers}, appType: Public}
                status: %s
                """.formatted(name, name, second / 60, second % 60, status), UserPoolClient.class);
    }
}
