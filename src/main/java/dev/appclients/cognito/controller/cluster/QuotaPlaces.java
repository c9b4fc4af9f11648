package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.PoolQuota;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.authorization.Quota.Member;
import io.fabric8.kubernetes.api.model.HasMetadata;
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
import org.jspecify.annotations.Nullable;

/**
 * Finds the objects that gain or lose a place in a quota of their namespace when another object goes or comes. A change of one object
 * moves one place, so it does not reconcile every waiting object.
 *
 * @param <T> the kind that the quota limits
 */
public final class QuotaPlaces<T extends HasMetadata> {

    private final Supplier<List<ClusterUserPool>> pools;
    private final Function<String, List<T>> inNamespace;
    private final Function<T, Optional<String>> poolOf;
    private final Function<PoolQuota, @Nullable Integer> limitIn;

    private QuotaPlaces(
            Supplier<List<ClusterUserPool>> pools,
            Function<String, List<T>> inNamespace,
            Function<T, Optional<String>> poolOf,
            Function<PoolQuota, @Nullable Integer> limitIn) {
        this.pools = pools;
        this.inNamespace = inNamespace;
        this.poolOf = poolOf;
        this.limitIn = limitIn;
    }

    /**
     * The places of {@code quota.clientsPerNamespace}. Reads the caches at each question.
     *
     * @param pools every ClusterUserPool
     * @param inNamespace every UserPoolClient of a namespace
     */
    public static QuotaPlaces<UserPoolClient> ofClients(
            Supplier<List<ClusterUserPool>> pools, Function<String, List<UserPoolClient>> inNamespace) {
        return new QuotaPlaces<>(
                pools,
                inNamespace,
                client -> Optional.of(client.getSpec().userPoolRef().name()),
                PoolQuota::clientsPerNamespace);
    }

    /**
     * The places of {@code quota.claimsPerNamespace}. A claim whose client does not exist has none. Reads the caches at each question.
     */
    public static QuotaPlaces<ClientSecretClaim> ofClaims(KubernetesView cached) {
        return new QuotaPlaces<>(
                cached::pools,
                cached::claimsIn,
                claim -> cached.client(ClaimItemStore.client(claim))
                        .map(client -> client.getSpec().userPoolRef().name()),
                PoolQuota::claimsPerNamespace);
    }

    /**
     * The objects of a namespace that share the quota of a pool. All ClusterUserPools for one user pool count together, so that a second
     * one gives no second quota.
     */
    public Collection<Member> counted(String namespace, ClusterUserPool pool) {
        return sharing(inNamespace.apply(namespace), namesFor(pool, pools.get()))
                .map(Member::of)
                .toList();
    }

    /** The object that has the last place after this one has gone; empty without a quota, or if there are places left. */
    Optional<ResourceID> gainsAfterDeletion(T gone) {
        return poolOf.apply(gone)
                .flatMap(pool -> gaining(gone.getMetadata().getNamespace(), pool, List.of(gone)).stream()
                        .findFirst());
    }

    /**
     * The objects that have the last places of a namespace after others have lost theirs.
     *
     * @param pool the name of the pool that served the others
     * @param gone the others; the caches may still contain them
     */
    List<ResourceID> gaining(String namespace, String pool, List<T> gone) {
        Set<String> uids =
                gone.stream().map(object -> object.getMetadata().getUid()).collect(Collectors.toSet());
        return places(namespace, pool)
                .map(places -> byAge(places.objects())
                        .filter(object -> !uids.contains(object.getMetadata().getUid()))
                        .limit(places.limit())
                        .skip(Math.max(0, places.limit() - gone.size()))
                        .map(ResourceID::fromResource)
                        .toList())
                .orElse(List.of());
    }

    /** The object that has lost its place to one that was created in the same second; empty for any other object. */
    Optional<ResourceID> losesAfterCreation(T created) {
        Member newest = Member.of(created);
        return poolOf.apply(created)
                .flatMap(pool -> places(created.getMetadata().getNamespace(), pool))
                .flatMap(places -> byAge(places.objects())
                        .skip(places.limit())
                        .findFirst()
                        .filter(beyond -> newest.compareTo(Member.of(beyond)) < 0))
                .map(ResourceID::fromResource);
    }

    /** The objects that share a quota, in any order. */
    private record Places<T>(int limit, List<T> objects) {}

    private Optional<Places<T>> places(String namespace, String poolName) {
        List<ClusterUserPool> all = pools.get();
        return all.stream()
                .filter(pool -> pool.getMetadata().getName().equals(poolName))
                .findFirst()
                .map(pool -> Pools.oldestFor(pool, all))
                .flatMap(pool -> Optional.ofNullable(pool.getSpec().quota())
                        .map(limitIn)
                        .map(limit -> new Places<>(
                                limit,
                                sharing(inNamespace.apply(namespace), namesFor(pool, all))
                                        .toList())));
    }

    private Stream<T> sharing(List<T> objects, Set<String> poolNames) {
        return objects.stream()
                .filter(object ->
                        poolOf.apply(object).filter(poolNames::contains).isPresent());
    }

    private static <T extends HasMetadata> Stream<T> byAge(List<T> objects) {
        return objects.stream().sorted(Comparator.comparing(Member::of));
    }

    private static Set<String> namesFor(ClusterUserPool pool, List<ClusterUserPool> all) {
        return all.stream()
                .filter(other ->
                        other.getSpec().userPoolId().equals(pool.getSpec().userPoolId()))
                .map(other -> other.getMetadata().getName())
                .collect(Collectors.toSet());
    }
}
