package dev.appclients.cognito.controller.cluster;

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

/** Reads from a ClusterUserPool how the operator reaches the user pool, and the facts that were last read of it. */
public final class Pools {

    private Pools() {}

    /**
     * Returns how the operator reaches the user pool.
     *
     * @param namespace the namespace that the calls are made for; null for the ClusterUserPool itself
     */
    public static PoolAccess access(ClusterUserPool pool, @Nullable String namespace) {
        AwsAccess aws = pool.getSpec().aws();
        boolean assume = aws.identity() == AwsIdentity.ASSUME_ROLE;
        return new PoolAccess(
                new PoolId(pool.getSpec().userPoolId()),
                assume ? aws.roleARN() : null,
                assume ? aws.externalId() : null,
                namespace);
    }

    /**
     * Returns the facts in the status; null before the first read, and when one of them is malformed: other writers can write the
     * status.
     */
    public static @Nullable PoolFacts facts(ClusterUserPool pool) {
        ClusterUserPoolStatus status = pool.getStatus();
        if (status == null
                || !RecordedFacts.areWellFormed(status, pool.getSpec().userPoolId())) {
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
                        // Missing in the status of an older version only. The pool is then read at once.
                        Objects.requireNonNullElse(recorded.mutable(), List.of()));
    }

    /** Whether the statuses of two versions of a ClusterUserPool hold the same facts. */
    static boolean haveSameFacts(ClusterUserPool one, ClusterUserPool other) {
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

    /** The oldest of all ClusterUserPools with the same user pool: by creation time, then by UID. */
    public static ClusterUserPool oldestFor(ClusterUserPool pool, List<ClusterUserPool> all) {
        return all.stream()
                .filter(other ->
                        other.getSpec().userPoolId().equals(pool.getSpec().userPoolId()))
                .min(Comparator.comparing(
                                (ClusterUserPool other) -> other.getMetadata().getCreationTimestamp())
                        .thenComparing(other -> other.getMetadata().getUid()))
                .orElse(pool);
    }

    /** Whether this is the oldest ClusterUserPool of its user pool. The operator uses only this one. */
    public static boolean isFirst(ClusterUserPool pool, List<ClusterUserPool> all) {
        return oldestFor(pool, all)
                .getMetadata()
                .getUid()
                .equals(pool.getMetadata().getUid());
    }

    /** Whether no client depends on the difference of two versions: same generation, deletion and facts. */
    static boolean areSameToClients(ClusterUserPool one, ClusterUserPool other) {
        return Objects.equals(
                        one.getMetadata().getGeneration(), other.getMetadata().getGeneration())
                && Objects.equals(
                        one.getMetadata().getDeletionTimestamp(),
                        other.getMetadata().getDeletionTimestamp())
                && Objects.equals(facts(one), facts(other));
    }
}
