package dev.appclients.cognito.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The clients that try again when a user pool that was full has room. */
class ClientLifecycleEventSourceTest {

    private final List<UserPoolClient> waiting = new ArrayList<>(IntStream.range(0, 500)
            .mapToObj(i -> client("waiting" + i, i, "{}"))
            .toList()
            .reversed());
    private final List<String> woken = new ArrayList<>();
    private final ClientLifecycleEventSource source = new ClientLifecycleEventSource(
            new SimpleInboundEventSource<>("pools"),
            client -> Set.of(),
            pool -> waiting,
            pool -> true,
            QuotaPlaces.ofClients(List::of, namespace -> List.of()));

    @BeforeEach
    void collectEvents() {
        source.setEventHandler(
                event -> woken.add(event.getRelatedCustomResourceID().getName()));
    }

    @Test
    void aDeletedAppClientWakesTheThreeOldestOnly() {
        source.onResourceDeleted(client("gone", 1, "{clientId: 3abc}"));

        assertThat(woken).containsExactly("waiting0", "waiting1", "waiting2");
        assertThat(source.deletions("customers")).isOne();
    }

    @Test
    void anObjectWithoutAnAppClientMakesNoRoom() {
        source.onResourceDeleted(client("gone", 1, "{}"));

        assertThat(woken).isEmpty();
        assertThat(source.deletions("customers")).isZero();
    }

    @Test
    void aCreateThatSucceedsWakesTheThreeNextYoungerOnes() {
        source.foundRoom(waiting.reversed().get(2));

        assertThat(woken).containsExactly("waiting3", "waiting4", "waiting5");
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
