package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.PoolQuota;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.authorization.Quota.Member;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the client that gains or loses a place in the quota of its namespace when another client goes or comes. At most one does, so
 * that a deletion does not reconcile every waiting client.
 */
public final class QuotaPlaces {

    private final Supplier<List<ClusterUserPool>> pools;
    private final Function<String, List<UserPoolClient>> inNamespace;

    /**
     * Reads the caches at each question.
     *
     * @param pools every ClusterUserPool
     * @param inNamespace every UserPoolClient of a namespace
     */
    QuotaPlaces(Supplier<List<ClusterUserPool>> pools, Function<String, List<UserPoolClient>> inNamespace) {
        this.pools = pools;
        this.inNamespace = inNamespace;
    }

    /**
     * The objects that share the quota of a pool in one namespace. All ClusterUserPools for one user pool count together, so that a
     * second one gives no second quota.
     *
     * @param clients the UserPoolClients of the namespace
     * @param all every ClusterUserPool
     */
    public static Collection<Member> counted(
            List<UserPoolClient> clients, ClusterUserPool pool, List<ClusterUserPool> all) {
        Set<String> names = namesFor(pool, all);
        return sharing(clients, names).map(Member::of).toList();
    }

    /** The client that has the last place now; empty without a quota, or if there are places left. */
    Optional<ResourceID> gainsAfterDeletion(UserPoolClient gone) {
        return places(gone).flatMap(places -> at(places.clients(), places.limit() - 1L));
    }

    /** The client that has lost its place to a client that was created in the same second; empty for any other client. */
    Optional<ResourceID> losesAfterCreation(UserPoolClient created) {
        Member newest = Member.of(created);
        return places(created)
                .filter(places ->
                        places.clients().stream().map(Member::of).anyMatch(other -> newest.compareTo(other) < 0))
                .flatMap(places -> at(places.clients(), places.limit()));
    }

    /** The clients that share a quota, in any order. */
    private record Places(int limit, List<UserPoolClient> clients) {}

    private Optional<Places> places(UserPoolClient client) {
        List<ClusterUserPool> all = pools.get();
        String name = client.getSpec().userPoolRef().name();
        return all.stream()
                .filter(pool -> pool.getMetadata().getName().equals(name))
                .findFirst()
                .map(pool -> Pools.oldestFor(pool, all))
                .flatMap(pool -> limit(pool)
                        .map(limit -> new Places(
                                limit,
                                sharing(inNamespace.apply(client.getMetadata().getNamespace()), namesFor(pool, all))
                                        .toList())));
    }

    private static Optional<Integer> limit(ClusterUserPool pool) {
        return Optional.ofNullable(pool.getSpec().quota()).map(PoolQuota::clientsPerNamespace);
    }

    private static Optional<ResourceID> at(List<UserPoolClient> clients, long place) {
        return place < 0 || place >= clients.size()
                ? Optional.empty()
                : clients.stream()
                        .sorted(Comparator.comparing(Member::of))
                        .skip(place)
                        .findFirst()
                        .map(ResourceID::fromResource);
    }

    private static Stream<UserPoolClient> sharing(List<UserPoolClient> clients, Set<String> poolNames) {
        return clients.stream()
                .filter(client ->
                        poolNames.contains(client.getSpec().userPoolRef().name()));
    }

    private static Set<String> namesFor(ClusterUserPool pool, List<ClusterUserPool> all) {
        return all.stream()
                .filter(other ->
                        other.getSpec().userPoolId().equals(pool.getSpec().userPoolId()))
                .map(other -> other.getMetadata().getName())
                .collect(Collectors.toSet());
    }
}
