package dev.appclients.cognito.controller.pool;

import dev.appclients.cognito.api.v1beta1.AwsIdentity;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolStatus;
import dev.appclients.cognito.api.v1beta1.Tenancy;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.cluster.PoolReadings;
import dev.appclients.cognito.controller.cluster.Pools;
import dev.appclients.cognito.controller.pool.PoolBackOff.Reading;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Conditions;
import dev.appclients.cognito.status.FailureText;
import dev.appclients.cognito.status.Outcome;
import dev.appclients.cognito.status.PoolStatus.PoolReport;
import dev.appclients.cognito.status.PoolStatus.Problem;
import dev.appclients.cognito.status.UnexpectedError;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the facts of a pool when a read is due: in the pool's own slot every few minutes. After a restart it takes them from the status. */
public final class PoolObserver {

    private static final Logger LOG = LoggerFactory.getLogger(PoolObserver.class);

    private static final String USAGE_UNKNOWN =
            "The operator does not know whether a UserPoolClient refers to the pool, so it keeps the finalizer. ";

    private final AppClients clients;
    private final KubernetesView kubernetes;
    private final CheckMemory checkMemory;
    private final PoolBackOff backOff;
    private final PoolReadings readings;
    private final OperatorSettings settings;

    PoolObserver(
            AppClients clients,
            KubernetesView kubernetes,
            CheckMemory checkMemory,
            PoolBackOff backOff,
            PoolReadings readings,
            OperatorSettings settings) {
        this.clients = clients;
        this.kubernetes = kubernetes;
        this.checkMemory = checkMemory;
        this.backOff = backOff;
        this.readings = readings;
        this.settings = settings;
    }

    /** Returns the current state of the pool. Asks Cognito only when a read is due. */
    PoolReading observe(ClusterUserPool pool) {
        String uid = pool.getMetadata().getUid();
        Problem problem = unusable(pool);
        if (problem != null) {
            return new PoolReading(report(pool, null, problem, true), checkMemory.recordFailure(uid, Pace.MINUTES));
        }
        Optional<PoolBackOff.Active> active = backOff.active(pool);
        if (active.isPresent()) {
            Reading reading = active.get().reading();
            return new PoolReading(
                    report(pool, known(pool, reading), reading.problem(), reading.stalled()),
                    active.get().remaining());
        }
        if (!isDue(pool)) {
            checkMemory.recordSuccess(uid);
            // The facts that this process read replace those in the status, which another writer may have changed.
            PoolFacts known = readings.confirmed(pool).orElse(null);
            return new PoolReading(
                    report(pool, known, null, false), checkMemory.untilDue(uid, settings.poolInterval()));
        }
        try {
            PoolFacts facts = clients.describePool(
                    Pools.access(pool, null), pool.getSpec().domain());
            readings.recordRead(pool, facts);
            checkMemory.recordCheck(uid, settings.poolInterval());
            checkMemory.recordSuccess(uid);
            backOff.forget(uid);
            return new PoolReading(
                    report(pool, facts, null, false), checkMemory.untilDue(uid, settings.poolInterval()));
        } catch (AwsCallException failed) {
            return readFailed(pool, failed.failure());
        }
    }

    /** The report for an object that is being deleted while clients refer to it, here or in a namespace that is not served. */
    PoolReport terminating(ClusterUserPool pool) {
        return new PoolReport(
                pool.getMetadata().getGeneration(),
                null,
                null,
                false,
                Math.max(
                        1,
                        kubernetes.clientsOfPool(pool.getMetadata().getName()).size()),
                true,
                handledRequest(pool));
    }

    /** Backs off after a failed status write: no event triggers a read of the pool before the retry. */
    void statusNotWritten(ClusterUserPool pool, PoolReport report, Duration retry) {
        backOff.startUnwritten(pool, new Reading(report.facts(), report.problem(), report.stalled()), retry);
    }

    /** Ends the back-off after a status write. */
    void statusWritten(ClusterUserPool pool) {
        backOff.statusWritten(pool);
    }

    /** The delay before the retry of a reconciliation without a reading. */
    Duration afterFailure(ClusterUserPool pool, Pace pace) {
        return checkMemory.recordFailure(pool.getMetadata().getUid(), pace);
    }

    /** The report for an unexpected error. The pool is not read before the retry. */
    PoolReport unexpected(ClusterUserPool pool, Duration retry) {
        Problem problem = new Problem(Reason.UNEXPECTED_ERROR, UnexpectedError.MESSAGE);
        backOff.start(pool, new Reading(null, problem, false), retry);
        return report(pool, null, problem, false);
    }

    /** The report for an object whose deletion waits, because the API server does not list the clients. */
    PoolReport usageUnknown(ClusterUserPool pool, StopReconciliation stop) {
        return switch (stop.outcome()) {
            case Outcome.Refused(var step, Reason reason, String message) ->
                report(pool, null, new Problem(reason, USAGE_UNKNOWN + message), true, null);
            case Outcome.Waiting(var step, Reason reason, String message) ->
                report(pool, null, new Problem(reason, USAGE_UNKNOWN + message), false, null);
            default -> throw new IllegalArgumentException("a pool has no outcome " + stop.outcome());
        };
    }

    /** The report for an object whose finalizer the API server does not remove. */
    PoolReport deletionFailed(ClusterUserPool pool, String fault) {
        return report(
                pool,
                null,
                new Problem(Reason.API_SERVER_UNAVAILABLE, fault + ". The operator retries within a minute."),
                false);
    }

    void forget(String uid) {
        checkMemory.forget(uid);
        backOff.forget(uid);
        readings.forget(uid);
    }

    /** A transient error keeps a usable pool usable: its known facts stay valid. */
    private PoolReading readFailed(ClusterUserPool pool, Failure failure) {
        readings.recordFailure(pool);
        Duration next = checkMemory.recordFailure(
                pool.getMetadata().getUid(), failure.kind().pace());
        boolean transientError = !failure.kind().needsHuman() && Pools.facts(pool) != null && isReady(pool);
        if (transientError) {
            LOG.warn("Reading the pool failed. The operator retries: {}: {}", failure.operation(), failure.message());
        }
        Problem problem = transientError
                ? null
                : new Problem(
                        FailureText.reason(failure.kind()),
                        FailureText.message(failure, pool.getSpec().userPoolId()));
        boolean stalled = !transientError && failure.kind().needsHuman();
        Reading reading = new Reading(null, problem, stalled);
        backOff.start(pool, reading, next);
        return new PoolReading(report(pool, known(pool, reading), problem, stalled), next);
    }

    /** The facts to report during a back-off: for a usable pool, the last facts that this process read. */
    private @Nullable PoolFacts known(ClusterUserPool pool, Reading reading) {
        return reading.facts() != null || reading.problem() != null
                ? reading.facts()
                : readings.confirmed(pool).orElse(null);
    }

    private @Nullable Problem unusable(ClusterUserPool pool) {
        if (pool.getSpec().tenancy() == Tenancy.UNKNOWN || pool.getSpec().aws().identity() == AwsIdentity.UNKNOWN) {
            return new Problem(
                    Reason.UNSUPPORTED_SPEC,
                    "The manifest has a value that this version of the operator does not know, so no namespace may use"
                            + " the pool. Upgrade the operator to the version of the installed CRDs. The operator retries"
                            + " within five minutes");
        }
        ClusterUserPool first = Pools.oldestFor(pool, kubernetes.pools());
        return first.getMetadata().getUid().equals(pool.getMetadata().getUid())
                ? null
                : new Problem(
                        Reason.DUPLICATE_POOL,
                        "ClusterUserPool '" + first.getMetadata().getName()
                                + "' is older and has the same userPoolId. Delete one of the two. The operator retries within five"
                                + " minutes");
    }

    private boolean isDue(ClusterUserPool pool) {
        boolean slot = checkMemory.isDue(pool.getMetadata().getUid(), settings.poolInterval());
        ClusterUserPoolStatus status = pool.getStatus();
        return slot
                || backOff.isUnfinished(pool)
                || readings.hasWaiters(pool)
                || status == null
                || !isReady(pool)
                // An earlier version of the operator wrote this status without the attributes.
                || status.attributes() == null
                || status.attributes().mutable() == null
                || !Objects.equals(
                        status.observedGeneration(), pool.getMetadata().getGeneration())
                || !Objects.equals(handledRequest(pool), status.lastHandledReconcileAt());
    }

    private PoolReport report(
            ClusterUserPool pool, @Nullable PoolFacts facts, @Nullable Problem problem, boolean stalled) {
        int clients = kubernetes.clientsOfPool(pool.getMetadata().getName()).size();
        return report(pool, facts, problem, stalled, clients);
    }

    private static PoolReport report(
            ClusterUserPool pool,
            @Nullable PoolFacts facts,
            @Nullable Problem problem,
            boolean stalled,
            @Nullable Integer clients) {
        return new PoolReport(
                pool.getMetadata().getGeneration(), facts, problem, stalled, clients, false, handledRequest(pool));
    }

    private static @Nullable String handledRequest(ClusterUserPool pool) {
        String requested = Annotations.reconcileRequest(pool);
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
