package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.AttributesStatus;
import dev.appclients.cognito.api.v1beta1.AwsAccess;
import dev.appclients.cognito.api.v1beta1.AwsIdentity;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolStatus;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.PoolDomain;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.PoolId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a ClusterUserPool as what it says of a pool: how to reach it, and what was last learned of it. */
final class Pools {

    private Pools() {}

    /**
     * How the pool is reached.
     *
     * @param namespace on whose behalf; null for the pool's own
     */
    static PoolAccess access(ClusterUserPool pool, @Nullable String namespace) {
        AwsAccess aws = pool.getSpec().aws();
        boolean assume = aws.identity() == AwsIdentity.ASSUME_ROLE;
        return new PoolAccess(
                new PoolId(pool.getSpec().userPoolId()),
                assume ? aws.roleARN() : null,
                assume ? aws.externalId() : null,
                namespace);
    }

    /**
     * The facts as the status holds them; null as long as the pool was never read, and when one of them cannot be true: the status
     * can be written by others.
     */
    static @Nullable PoolFacts facts(ClusterUserPool pool) {
        ClusterUserPoolStatus status = pool.getStatus();
        if (status == null || !RecordedFacts.canBeTrue(status, pool.getSpec().userPoolId())) {
            return null;
        }
        PoolDomain domain = status.domain() == null ? null : new PoolDomain(status.domain(), status.loginVersion());
        return new PoolFacts(
                new PoolArn(Objects.requireNonNull(status.userPoolARN())),
                Objects.requireNonNull(status.issuer()),
                domain,
                Objects.requireNonNullElse(status.tier(), ""),
                attributes(status.attributes()));
    }

    private static @Nullable PoolAttributes attributes(@Nullable AttributesStatus recorded) {
        return recorded == null
                ? null
                : PoolAttributes.of(
                        recorded.names(),
                        recorded.required(),
                        // Not known only until the pool is read again, which is due at once.
                        Objects.requireNonNullElse(recorded.mutable(), List.of()));
    }

    /** Whether the statuses of two versions of a ClusterUserPool hold the same facts, true or not. */
    static boolean tellSameFacts(ClusterUserPool one, ClusterUserPool other) {
        return recorded(one.getStatus()).equals(recorded(other.getStatus()));
    }

    private static List<Object> recorded(@Nullable ClusterUserPoolStatus status) {
        return status == null
                ? List.of()
                : Stream.of(
                                status.userPoolARN(),
                                status.issuer(),
                                status.domain(),
                                status.loginVersion(),
                                status.tier(),
                                status.attributes())
                        .<Object>map(Optional::ofNullable)
                        .toList();
    }

    /** The one of all ClusterUserPools with the same user pool that was there first: by creation time, then UID. */
    static ClusterUserPool firstFor(ClusterUserPool pool, List<ClusterUserPool> all) {
        return all.stream()
                .filter(other ->
                        other.getSpec().userPoolId().equals(pool.getSpec().userPoolId()))
                .min(Comparator.comparing(
                                (ClusterUserPool other) -> other.getMetadata().getCreationTimestamp())
                        .thenComparing(other -> other.getMetadata().getUid()))
                .orElse(pool);
    }

    /** Whether this is the one of its user pool that is used. */
    static boolean isFirst(ClusterUserPool pool, List<ClusterUserPool> all) {
        return firstFor(pool, all)
                .getMetadata()
                .getUid()
                .equals(pool.getMetadata().getUid());
    }

    /** Whether two versions of a ClusterUserPool are the same to its clients: generation, facts, usability. */
    static boolean sameToClients(ClusterUserPool one, ClusterUserPool other) {
        return Objects.equals(
                        one.getMetadata().getGeneration(), other.getMetadata().getGeneration())
                && Objects.equals(
                        one.getMetadata().getDeletionTimestamp(),
                        other.getMetadata().getDeletionTimestamp())
                && Objects.equals(facts(one), facts(other));
    }
}
