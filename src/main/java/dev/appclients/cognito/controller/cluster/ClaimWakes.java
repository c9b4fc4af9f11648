package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.distribution.PushPlan;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.secret.CarriedSecretId;
import dev.appclients.cognito.secret.fields.FieldOwnership;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Requests the reconciliations of ClientSecretClaims after a change of an object that they depend on. Also requests those of the clients
 * whose pushes and counts of copies depend on claims and namespaces.
 */
final class ClaimWakes {

    private final KubernetesView cached;
    private final QuotaPlaces<ClientSecretClaim> places;
    private final Consumer<ResourceID> wakeClaim;
    private final Consumer<ResourceID> wakeClient;
    private final Consumer<ResourceID> wakeClientSoon;

    /**
     * @param wakeClaim requests a reconciliation of a claim
     * @param wakeClient requests a reconciliation of a client
     * @param wakeClientSoon as {@code wakeClient}, once for all calls within a short time
     */
    ClaimWakes(
            KubernetesView cached,
            Consumer<ResourceID> wakeClaim,
            Consumer<ResourceID> wakeClient,
            Consumer<ResourceID> wakeClientSoon) {
        this.cached = cached;
        places = QuotaPlaces.ofClaims(cached);
        this.wakeClaim = wakeClaim;
        this.wakeClient = wakeClient;
        this.wakeClientSoon = wakeClientSoon;
    }

    /**
     * A copy wakes its claim, and its client if it carries another client secret. A client's Secret wakes the claims that are copied from
     * it. A Secret that is gone frees its name.
     */
    void secretChanged(@Nullable Secret before, @Nullable Secret now) {
        versions(before, now)
                .flatMap(secret -> CopyMarks.claimOf(secret).stream())
                .distinct()
                .forEach(wakeClaim);
        if (before != null && now == null) {
            wakeNaming(before, before.getMetadata().getName());
        }
        if (!carrySame(before, now)) {
            wakeClientsOfCopy(before, now);
        }
        boolean concernsAll = before == null || now == null || !haveSameInputs(before, now);
        versions(before, now)
                .flatMap(secret -> CopyMarks.clientOf(secret).stream())
                .distinct()
                .flatMap(client -> cached.claimsFor(client).stream())
                // A Secret that was restored serves the claims that wait for it, or that keep an older copy meanwhile.
                .filter(claim -> concernsAll || !isSynced(claim))
                .forEach(this::wake);
    }

    /** Claims depend on the client's manifest, on its deletion and pause, and on the conditions that hold its copies. */
    void clientChanged(@Nullable UserPoolClient before, @Nullable UserPoolClient now) {
        if (before == null || now == null || !areSameToClaims(before, now)) {
            versions(before, now).limit(1).forEach(this::wakeClaimsOf);
        }
        wakeNaming(before, now, SecretNames::of);
    }

    /** The claims of a client that is gone need no place in a quota. */
    void clientGone(UserPoolClient gone) {
        String pool = gone.getSpec().userPoolRef().name();
        cached.claimsFor(ResourceID.fromResource(gone)).stream()
                .collect(Collectors.groupingBy(claim -> claim.getMetadata().getNamespace()))
                .forEach((namespace, claims) ->
                        places.gaining(namespace, pool, claims).forEach(wakeClaim));
    }

    /** The claims of the pool's clients, and of the clients of the other ClusterUserPools for the same user pool. */
    void poolChanged(@Nullable ClusterUserPool before, @Nullable ClusterUserPool now) {
        if (before != null && now != null && areSameToClaims(before, now)) {
            return;
        }
        ClusterUserPool pool = now == null ? Objects.requireNonNull(before) : now;
        String id = pool.getSpec().userPoolId();
        Stream.concat(
                        Stream.of(pool.getMetadata().getName()),
                        cached.pools().stream()
                                .filter(other -> other.getSpec().userPoolId().equals(id))
                                .map(other -> other.getMetadata().getName()))
                .distinct()
                .forEach(name -> cached.clientsOfPool(name).forEach(this::wakeClaimsOf));
    }

    /** The claims in the namespace, the claims of the clients there, and the clients that push to it or no longer do. */
    void namespaceChanged(@Nullable Namespace before, @Nullable Namespace now) {
        if (before != null && now != null && areSameToClaims(before, now)) {
            return;
        }
        Namespace namespace = now == null ? Objects.requireNonNull(before) : now;
        String name = namespace.getMetadata().getName();
        cached.claimsIn(name).forEach(this::wake);
        cached.clientsIn(name).forEach(this::wakeClaimsOf);
        if (cached.isServed(name)) {
            cached.pushingClients().stream()
                    .filter(client -> isMatchedDifferently(client, before, now))
                    .forEach(client -> wakeClientSoon.accept(ResourceID.fromResource(client)));
        }
    }

    /**
     * Another object may have waited for the name of the Secret, or for the place in the quota. The client pushes the claim again, and
     * counts the ready ones.
     */
    void claimChanged(@Nullable ClientSecretClaim before, @Nullable ClientSecretClaim now) {
        wakeNaming(before, now, SecretNames::of);
        if (before == null || now == null || !areSameToClient(before, now)) {
            versions(before, now).map(ClaimItemStore::client).distinct().forEach(wakeClientSoon);
        }
        if (before != null && !isOfSameClient(before, now)) {
            places.gainsAfterDeletion(before).ifPresent(wakeClaim);
        }
    }

    private static boolean isOfSameClient(ClientSecretClaim before, @Nullable ClientSecretClaim now) {
        return now != null
                && !isOther(before, now)
                && ClaimItemStore.client(before).equals(ClaimItemStore.client(now));
    }

    private boolean isMatchedDifferently(UserPoolClient client, @Nullable Namespace before, @Nullable Namespace now) {
        PushPlan plan = PushPlan.of(
                        client,
                        cached.pool(client.getSpec().userPoolRef().name()).orElse(null),
                        Namespaces.snapshot(cached, client.getMetadata().getNamespace()))
                .orElse(null);
        return plan != null && isReached(plan, before) != isReached(plan, now);
    }

    private static boolean isReached(PushPlan plan, @Nullable Namespace namespace) {
        return namespace != null
                && !Namespaces.isTerminating(namespace)
                && plan.reaches(Namespaces.snapshot(namespace));
    }

    private void wakeClaimsOf(UserPoolClient client) {
        cached.claimsFor(ResourceID.fromResource(client)).forEach(this::wake);
    }

    private <R extends HasMetadata> void wakeNaming(
            @Nullable R before, @Nullable R now, Function<R, String> secretName) {
        if (before != null && now != null && secretName.apply(before).equals(secretName.apply(now))) {
            return;
        }
        versions(before, now).forEach(object -> wakeNaming(object, secretName.apply(object)));
    }

    /** The other objects whose Secret has this name. */
    private void wakeNaming(HasMetadata object, String secretName) {
        String namespace = object.getMetadata().getNamespace();
        cached.claimsNaming(namespace, secretName).stream()
                .filter(claim -> isOther(claim, object))
                .forEach(this::wake);
        cached.clientsNaming(namespace, secretName).stream()
                .filter(client -> isOther(client, object))
                .forEach(client -> wakeClient.accept(ResourceID.fromResource(client)));
    }

    private static boolean isOther(HasMetadata one, HasMetadata other) {
        return !Objects.equals(one.getMetadata().getUid(), other.getMetadata().getUid());
    }

    private void wake(ClientSecretClaim claim) {
        wakeClaim.accept(ResourceID.fromResource(claim));
    }

    private static boolean haveSameInputs(Secret before, Secret now) {
        return isSame(before, now)
                && Stream.of(Marks.INPUTS, Marks.VALUES, Marks.CLIENT_ID, Marks.CLIENT_SECRET_ID, Marks.CLIENT)
                        .allMatch(
                                mark -> Objects.equals(Annotations.value(before, mark), Annotations.value(now, mark)));
    }

    /** A rotation waits for the copies. The claim names the client, and the marks of a copy prove nothing. */
    private void wakeClientsOfCopy(@Nullable Secret before, @Nullable Secret now) {
        versions(before, now)
                .flatMap(secret -> CopyMarks.claimOf(secret).stream())
                .distinct()
                .flatMap(claim -> cached.claim(claim).stream())
                .map(ClaimItemStore::client)
                .distinct()
                .forEach(wakeClientSoon);
    }

    /** A copy without an id that appears is that of a client that was never rotated, or of the first list. */
    private static boolean carrySame(@Nullable Secret before, @Nullable Secret now) {
        if (before == null || now == null) {
            return now != null && CarriedSecretId.recordedIn(now) == null;
        }
        return Objects.equals(CarriedSecretId.recordedIn(before), CarriedSecretId.recordedIn(now))
                && ownedKeys(before).equals(ownedKeys(now));
    }

    private static Set<String> ownedKeys(Secret secret) {
        return FieldOwnership.of(secret).ownedNames(FieldOwnership.DATA);
    }

    private static boolean areSameToClaims(UserPoolClient before, UserPoolClient now) {
        return isSame(before, now)
                && haveSameGeneration(before, now)
                && Annotations.isPaused(before) == Annotations.isPaused(now)
                && ClientHold.isHeld(before) == ClientHold.isHeld(now);
    }

    /** Of the facts, only the ARN stands in no Secret. */
    private static boolean areSameToClaims(ClusterUserPool before, ClusterUserPool now) {
        return isSame(before, now) && haveSameGeneration(before, now) && Objects.equals(arn(before), arn(now));
    }

    private static @Nullable PoolArn arn(ClusterUserPool pool) {
        PoolFacts facts = Pools.facts(pool);
        return facts == null ? null : facts.arn();
    }

    private static boolean areSameToClaims(Namespace before, Namespace now) {
        return isSame(before, now) && !Namespaces.haveOtherLabels(now, before);
    }

    private static boolean areSameToClient(ClientSecretClaim before, ClientSecretClaim now) {
        return isSame(before, now)
                && haveSameGeneration(before, now)
                && PushPlan.isPushed(before) == PushPlan.isPushed(now)
                && Annotations.isPaused(before) == Annotations.isPaused(now)
                && isReady(before) == isReady(now)
                && isDenied(before) == isDenied(now);
    }

    /** The same object, and deleted in both versions or in none. */
    private static boolean isSame(HasMetadata before, HasMetadata now) {
        return Objects.equals(before.getMetadata().getUid(), now.getMetadata().getUid())
                && Objects.equals(
                        before.getMetadata().getDeletionTimestamp(),
                        now.getMetadata().getDeletionTimestamp());
    }

    private static boolean haveSameGeneration(HasMetadata before, HasMetadata now) {
        return Objects.equals(
                before.getMetadata().getGeneration(), now.getMetadata().getGeneration());
    }

    private static boolean isReady(ClientSecretClaim claim) {
        return Conditions.isTrue(conditions(claim), Conditions.READY);
    }

    private static boolean isSynced(ClientSecretClaim claim) {
        return Conditions.hasReason(conditions(claim), Conditions.READY, Reason.SYNCED);
    }

    /** A client counts only the claims that are permitted. */
    private static boolean isDenied(ClientSecretClaim claim) {
        return Conditions.hasReason(conditions(claim), Conditions.READY, Reason.NOT_AVAILABLE)
                || Conditions.hasReason(conditions(claim), Conditions.READY, Reason.SOURCE_REPLACED);
    }

    private static @Nullable List<Condition> conditions(ClientSecretClaim claim) {
        var status = claim.getStatus();
        return status == null ? null : status.conditions();
    }

    private static <R> Stream<R> versions(@Nullable R before, @Nullable R now) {
        return Stream.concat(Stream.ofNullable(before), Stream.ofNullable(now));
    }
}
