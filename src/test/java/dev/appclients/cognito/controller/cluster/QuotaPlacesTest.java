package dev.appclients.cognito.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A deletion wakes the one client that gains a place. */
class QuotaPlacesTest {

    private final List<ClusterUserPool> pools = new ArrayList<>(List.of(
            pool("customers", "eu-west-1_Shop", 1, "{clientsPerNamespace: 2}"),
            pool("second", "eu-west-1_Shop", 2, "{clientsPerNamespace: 100}"),
            pool("staff", "eu-west-1_Staff", 1, "{}")));
    private final List<UserPoolClient> clients = new ArrayList<>();
    private final QuotaPlaces<UserPoolClient> places = QuotaPlaces.ofClients(() -> pools, namespace -> clients);

    @Test
    void theOldestWaitingClientGainsThePlaceOfADeletedOne() {
        UserPoolClient gone = client("a", "customers", 1);
        clients.addAll(List.of(client("d", "customers", 4), client("c", "customers", 3), client("b", "customers", 2)));

        assertThat(places.gainsAfterDeletion(gone)).contains(new ResourceID("c", "shop"));
    }

    @Test
    void noClientGainsAPlaceWhileThereIsRoom() {
        clients.add(client("b", "customers", 2));

        assertThat(places.gainsAfterDeletion(client("a", "customers", 1))).isEmpty();
    }

    @Test
    void clientsOfTheOtherPoolsForTheSameUserPoolCount() {
        clients.addAll(List.of(client("b", "second", 2), client("c", "customers", 3), client("d", "staff", 1)));

        assertThat(places.gainsAfterDeletion(client("a", "second", 1))).contains(new ResourceID("c", "shop"));
    }

    @Test
    void aPoolWithoutQuotaOrWithoutObjectWakesNoClient() {
        clients.addAll(List.of(client("b", "staff", 2), client("c", "staff", 3)));

        assertThat(places.gainsAfterDeletion(client("a", "staff", 1))).isEmpty();
        assertThat(places.gainsAfterDeletion(client("a", "nowhere", 1))).isEmpty();
    }

    @Test
    void aQuotaOfZeroWakesNoClient() {
        pools.set(0, pool("customers", "eu-west-1_Shop", 1, "{clientsPerNamespace: 0}"));
        clients.add(client("b", "customers", 2));

        assertThat(places.gainsAfterDeletion(client("a", "customers", 1))).isEmpty();
    }

    @Test
    void asManyObjectsGainAPlaceAsOthersHaveLost() {
        pools.set(0, pool("customers", "eu-west-1_Shop", 1, "{clientsPerNamespace: 3}"));
        clients.addAll(List.of(
                client("d", "customers", 4),
                client("c", "customers", 3),
                client("b", "second", 2),
                client("a", "customers", 1)));

        List<UserPoolClient> gone = List.of(client("x", "customers", 0), client("y", "customers", 0));

        assertThat(places.gaining("shop", "customers", gone))
                .containsExactly(new ResourceID("b", "shop"), new ResourceID("c", "shop"));
        assertThat(places.gaining("shop", "customers", Collections.nCopies(9, gone.getFirst())))
                .hasSize(3);
        assertThat(places.gaining("shop", "staff", gone)).isEmpty();
    }

    @Test
    void anObjectThatAnIndexStillContainsAfterItsDeletionHasNoPlace() {
        UserPoolClient gone = client("a", "customers", 1);
        clients.addAll(List.of(gone, client("b", "customers", 2), client("c", "customers", 3)));

        assertThat(places.gainsAfterDeletion(gone)).contains(new ResourceID("c", "shop"));
    }

    @Test
    void aNewClientTakesAPlaceOnlyFromAYoungerOne() {
        UserPoolClient created = client("b", "customers", 2);
        clients.addAll(List.of(client("a", "customers", 1), created, client("c", "customers", 2)));

        assertThat(places.losesAfterCreation(created)).contains(new ResourceID("c", "shop"));
        assertThat(places.losesAfterCreation(clients.getLast())).isEmpty();
    }

    private static ClusterUserPool pool(String name, String id, int second, String quota) {
        return Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClusterUserPool
                metadata: {name: %s, uid: uid-%s, creationTimestamp: "2026-01-01T00:00:0%dZ"}
                spec:
                  userPoolId: %s
                  aws: {identity: Operator}
                  tenancy: Restricted
                  quota: %s
                """.formatted(name, name, second, id, quota), ClusterUserPool.class);
    }

    private static UserPoolClient client(String name, String pool, int second) {
        return Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: %s, namespace: shop, uid: uid-%s, creationTimestamp: "2026-01-01T00:00:0%dZ"}
                spec: {userPoolRef: {name: %s}, appType: Public}
                """.formatted(name, name, second, pool), UserPoolClient.class);
    }
}
