package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.AwsIdentity;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolStatus;
import dev.appclients.cognito.api.v1beta1.Tenancy;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.controller.PoolBackOff.Reading;
import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Conditions;
import dev.appclients.cognito.status.FailureText;
import dev.appclients.cognito.status.PoolStatus.PoolReport;
import dev.appclients.cognito.status.PoolStatus.Problem;
import dev.appclients.cognito.status.UnexpectedError;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a pool's facts when they are due: a slot of its own every few minutes, and after a restart from status. */
final class PoolObserver {

    private static final Logger LOG = LoggerFactory.getLogger(PoolObserver.class);

    private final AppClients clients;
    private final KubernetesView kubernetes;
    private final LookMemory memory;
    private final PoolBackOff backOff;
    private final PoolReadings readings;
    private final OperatorSettings settings;

    PoolObserver(
            AppClients clients,
            KubernetesView kubernetes,
            LookMemory memory,
            PoolBackOff backOff,
            PoolReadings readings,
            OperatorSettings settings) {
        this.clients = clients;
        this.kubernetes = kubernetes;
        this.memory = memory;
        this.backOff = backOff;
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
        Optional<PoolBackOff.Hold> hold = backOff.holding(pool);
        if (hold.isPresent()) {
            Reading reading = hold.get().reading();
            return new PoolLook(
                    report(pool, known(pool, reading), reading.problem(), reading.stalled()),
                    hold.get().left());
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
            backOff.forget(uid);
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

    /** The status was not written: until it is tried again, the pool is not read either, whatever wakes it. */
    void unwritten(ClusterUserPool pool, PoolReport report, Duration retry) {
        backOff.hold(pool, new Reading(report.facts(), report.problem(), report.stalled()), retry);
    }

    /** The status stands. */
    void written(ClusterUserPool pool) {
        backOff.written(pool);
    }

    /** When to repeat a pass that came to no reading. */
    Duration afterFailure(ClusterUserPool pool) {
        return memory.failed(pool.getMetadata().getUid(), Pace.SOON);
    }

    /** The operator met an error that it does not expect; the pool is not read before the retry. */
    PoolReport unexpected(ClusterUserPool pool, Duration retry) {
        Problem problem = new Problem(Reason.UNEXPECTED_ERROR, UnexpectedError.MESSAGE);
        backOff.hold(pool, new Reading(null, problem, false), retry);
        return report(pool, null, problem, false);
    }

    /** The object is being deleted, and the API server does not let it go. */
    PoolReport heldUp(ClusterUserPool pool, String fault) {
        return report(
                pool,
                null,
                new Problem(Reason.API_SERVER_UNAVAILABLE, fault + ". The operator retries within a minute."),
                false);
    }

    void forget(String uid) {
        memory.forget(uid);
        backOff.forget(uid);
        readings.forget(uid);
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
        }
        Problem problem = passing
                ? null
                : new Problem(
                        FailureText.reason(failure.kind()),
                        FailureText.message(failure, pool.getSpec().userPoolId()));
        boolean stalled = !passing && failure.kind().needsHuman();
        Reading reading = new Reading(null, problem, stalled);
        backOff.hold(pool, reading, next);
        return new PoolLook(report(pool, known(pool, reading), problem, stalled), next);
    }

    /** What the status says while a reading holds: where the pool is usable, what this process has read, also before. */
    private @Nullable PoolFacts known(ClusterUserPool pool, Reading reading) {
        return reading.facts() != null || reading.problem() != null
                ? reading.facts()
                : readings.confirmed(pool).orElse(null);
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
                || backOff.isUnfinished(pool)
                || readings.isWanted(pool)
                || status == null
                || !isReady(pool)
                // An earlier version of the operator, which did not record them, wrote this status.
                || status.attributes() == null
                || status.attributes().mutable() == null
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
        String requested = Annotations.lookRequest(pool);
        ClusterUserPoolStatus status = pool.getStatus();
        return requested != null || status == null ? requested : status.lastHandledReconcileAt();
    }

    private static boolean isReady(ClusterUserPool pool) {
        ClusterUserPoolStatus status = pool.getStatus();
        return Pools.facts(pool) != null
                && status != null
                && Conditions.find(status.conditions(), Conditions.READY)
                        .filter(condition -> "True".equals(condition.getStatus()))
                        .isPresent();
    }
}
