package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.AwsIdentity;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolStatus;
import dev.appclients.cognito.api.v1beta1.Tenancy;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.FailureText;
import dev.appclients.cognito.status.PoolStatus.PoolReport;
import dev.appclients.cognito.status.PoolStatus.Problem;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a pool's facts when they are due: a slot of its own every few minutes, and after a restart from status. */
final class PoolObserver {

    private static final Logger LOG = LoggerFactory.getLogger(PoolObserver.class);

    private final AppClients clients;
    private final KubernetesView kubernetes;
    private final LookMemory memory;
    private final PoolReadings readings;
    private final OperatorSettings settings;

    PoolObserver(
            AppClients clients,
            KubernetesView kubernetes,
            LookMemory memory,
            PoolReadings readings,
            OperatorSettings settings) {
        this.clients = clients;
        this.kubernetes = kubernetes;
        this.memory = memory;
        this.readings = readings;
        this.settings = settings;
    }

    /** What is known of the pool now; Cognito is asked only when it is time. */
    PoolLook look(ClusterUserPool pool) {
        String uid = pool.getMetadata().getUid();
        Problem problem = misuse(pool);
        if (problem != null) {
            return new PoolLook(report(pool, null, problem, true), memory.failed(uid, Pace.MINUTES));
        }
        if (!isDue(pool)) {
            memory.succeeded(uid);
            // What this process has read stands there, also where another writer has changed the status since.
            PoolFacts known = readings.confirmed(pool).orElse(null);
            return new PoolLook(report(pool, known, null, false), memory.untilDue(uid, settings.poolInterval()));
        }
        try {
            PoolFacts facts = clients.describePool(
                    Pools.access(pool, null), pool.getSpec().domain());
            readings.read(pool, facts);
            memory.looked(uid, settings.poolInterval());
            memory.succeeded(uid);
            return new PoolLook(report(pool, facts, null, false), memory.untilDue(uid, settings.poolInterval()));
        } catch (FailedCall failed) {
            return failed(pool, failed.failure());
        }
    }

    /** The object is being deleted, and clients still refer to it. */
    PoolReport terminating(ClusterUserPool pool) {
        return new PoolReport(
                pool.getMetadata().getGeneration(),
                null,
                null,
                false,
                kubernetes.clientsOfPool(pool.getMetadata().getName()).size(),
                true,
                handled(pool));
    }

    Duration afterApiServerFailure(ClusterUserPool pool) {
        return memory.failed(pool.getMetadata().getUid(), Pace.SOON);
    }

    void forget(ClusterUserPool pool) {
        memory.forget(pool.getMetadata().getUid());
        readings.forget(pool);
    }

    /** Passing trouble does not make a pool that was usable unusable: what was known still holds. */
    private PoolLook failed(ClusterUserPool pool, Failure failure) {
        readings.failed(pool);
        Duration next =
                memory.failed(pool.getMetadata().getUid(), failure.kind().pace());
        boolean passing = !failure.kind().needsHuman() && Pools.facts(pool) != null && isReady(pool);
        if (passing) {
            LOG.warn(
                    "The look at the pool failed and will be repeated: {}: {}", failure.operation(), failure.message());
            return new PoolLook(report(pool, readings.confirmed(pool).orElse(null), null, false), next);
        }
        Problem problem = new Problem(
                FailureText.reason(failure.kind()),
                FailureText.message(failure, pool.getSpec().userPoolId()));
        return new PoolLook(report(pool, null, problem, failure.kind().needsHuman()), next);
    }

    private @Nullable Problem misuse(ClusterUserPool pool) {
        if (pool.getSpec().tenancy() == Tenancy.UNKNOWN || pool.getSpec().aws().identity() == AwsIdentity.UNKNOWN) {
            return new Problem(
                    Reason.UNSUPPORTED_SPEC,
                    "The manifest has a value that this version of the operator does not know, so nobody may use the"
                            + " pool: upgrade the operator to the version that the installed CRDs belong to");
        }
        ClusterUserPool first = Pools.firstFor(pool, kubernetes.pools());
        return first.getMetadata().getUid().equals(pool.getMetadata().getUid())
                ? null
                : new Problem(
                        Reason.DUPLICATE_POOL,
                        "ClusterUserPool '" + first.getMetadata().getName()
                                + "' names the same user pool and was there first: delete one of the two");
    }

    private boolean isDue(ClusterUserPool pool) {
        boolean slot = memory.isDue(pool.getMetadata().getUid(), settings.poolInterval());
        ClusterUserPoolStatus status = pool.getStatus();
        return slot
                || readings.isWanted(pool)
                || status == null
                || !isReady(pool)
                // A version of the operator that did not know of them wrote this status.
                || status.attributes() == null
                || !Objects.equals(
                        status.observedGeneration(), pool.getMetadata().getGeneration())
                || !Objects.equals(handled(pool), status.lastHandledReconcileAt());
    }

    private PoolReport report(
            ClusterUserPool pool, @Nullable PoolFacts facts, @Nullable Problem problem, boolean stalled) {
        return new PoolReport(
                pool.getMetadata().getGeneration(),
                facts,
                problem,
                stalled,
                kubernetes.clientsOfPool(pool.getMetadata().getName()).size(),
                false,
                handled(pool));
    }

    private static @Nullable String handled(ClusterUserPool pool) {
        String requested = Annotations.value(pool, Annotations.RECONCILE_REQUESTED_AT);
        ClusterUserPoolStatus status = pool.getStatus();
        return requested != null || status == null ? requested : status.lastHandledReconcileAt();
    }

    private static boolean isReady(ClusterUserPool pool) {
        ClusterUserPoolStatus status = pool.getStatus();
        return Pools.facts(pool) != null
                && status != null
                && status.conditions() != null
                && status.conditions().stream()
                        .anyMatch(condition ->
                                condition.getType().equals("Ready") && "True".equals(condition.getStatus()));
    }
}
