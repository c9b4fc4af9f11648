package dev.appclients.cognito.controller.pool;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.cluster.WakeOnChange;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.controller.reconcile.PassDeferred;
import dev.appclients.cognito.controller.reconcile.PassListener;
import dev.appclients.cognito.controller.reconcile.PassListener.NotWritten;
import dev.appclients.cognito.controller.reconcile.PassScope;
import dev.appclients.cognito.controller.reconcile.StatusWrite;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.workarounds.EndlessRetry;
import dev.appclients.cognito.controller.workarounds.LostChange;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.status.PoolStatus.PoolReport;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the facts of a user pool for all its clients, and keeps the ClusterUserPool while clients refer to it. */
@ControllerConfiguration(
        name = ControllerNames.POOLS,
        finalizerName = ControllerNames.POOL_FINALIZER,
        fieldManager = Marks.FIELD_MANAGER,
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = WakeOnChange.class),
        retry = EndlessRetry.class)
public class ClusterUserPoolReconciler implements Reconciler<ClusterUserPool>, Cleaner<ClusterUserPool> {

    /** Retries a deletion that waits for clients: their delete events may be lost, or go to the operator of their namespace. */
    private static final Duration DELETION_RECHECK = Duration.ofSeconds(15);

    /** Retries while the caches of the other controller are not synced. */
    private static final Duration STARTING = Duration.ofMillis(200);

    /** Requeues for a change that arrived during the status write. */
    private static final Duration AT_ONCE = Duration.ZERO;

    private static final Logger LOG = LoggerFactory.getLogger(ClusterUserPoolReconciler.class);

    private final PassScope<ClusterUserPool> passes;
    private final PoolObserver observer;
    private final PoolStatusWriter statuses;
    private final PoolUsage usage;
    private final Informers informers;
    private final PassListener listener;

    ClusterUserPoolReconciler(
            PassScope<ClusterUserPool> passes,
            PoolObserver observer,
            PoolStatusWriter statuses,
            PoolUsage usage,
            Informers informers,
            PassListener listener) {
        this.passes = passes;
        this.observer = observer;
        this.statuses = statuses;
        this.usage = usage;
        this.informers = informers;
        this.listener = listener;
    }

    @Override
    public UpdateControl<ClusterUserPool> reconcile(ClusterUserPool pool, Context<ClusterUserPool> context) {
        return passes.run(
                pool,
                UpdateControl.noUpdate(),
                () -> UpdateControl.<ClusterUserPool>noUpdate().rescheduleAfter(pass(pool, context)));
    }

    /** Reconciles once; returns the delay until the next reconciliation. */
    private Duration pass(ClusterUserPool pool, Context<ClusterUserPool> context) {
        if (!informers.areRunning()) {
            return STARTING;
        }
        try {
            PoolReading reading = observer.observe(pool);
            return report(pool, context, reading.report(), reading.next());
        } catch (CallCancelled | PassDeferred notCalled) {
            return observer.afterFailure(pool, Pace.SOON);
        } catch (RuntimeException | Error unexpected) {
            return unexpected(pool, context, unexpected);
        }
    }

    /** Writes the status; returns the delay until the next reconciliation. */
    private Duration report(ClusterUserPool pool, Context<ClusterUserPool> context, PoolReport report, Duration next) {
        return switch (statuses.write(context, pool, report)) {
            case StatusWrite.Unwritten<ClusterUserPool>(NotWritten why, var failure) -> {
                Duration retry = statuses.retry(pool, why);
                observer.statusNotWritten(pool, report, retry);
                yield retry;
            }
            case StatusWrite.Written<ClusterUserPool>(ClusterUserPool now) -> {
                observer.statusWritten(pool);
                yield LostChange.happened(pool, now) ? AT_ONCE : next;
            }
        };
    }

    /** Catches Errors too: the framework never reconciles an object again after an Error. */
    private Duration unexpected(ClusterUserPool pool, Context<ClusterUserPool> context, Throwable error) {
        logUnexpected(pool, error);
        Duration next = observer.afterFailure(pool, Pace.SOON);
        try {
            return report(pool, context, observer.unexpected(pool, next), next);
        } catch (RuntimeException | Error unreported) {
            logUnexpected(pool, unreported);
            return next;
        }
    }

    @Override
    public DeleteControl cleanup(ClusterUserPool pool, Context<ClusterUserPool> context) {
        return passes.run(pool, DeleteControl.noFinalizerRemoval(), () -> deletion(pool, context));
    }

    private DeleteControl deletion(ClusterUserPool pool, Context<ClusterUserPool> context) {
        try {
            return informers.areRunning()
                    ? release(pool, context)
                    : DeleteControl.noFinalizerRemoval().rescheduleAfter(STARTING);
        } catch (RuntimeException | Error unexpected) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(unexpected(pool, context, unexpected));
        }
    }

    private DeleteControl release(ClusterUserPool pool, Context<ClusterUserPool> context) {
        boolean inUse;
        try {
            inUse = usage.isInUse(pool);
        } catch (KubernetesClientException unavailable) {
            StopReconciliation stop = KubernetesFailure.unavailable(Step.AUTHORIZATION, unavailable);
            return DeleteControl.noFinalizerRemoval()
                    .rescheduleAfter(report(
                            pool,
                            context,
                            observer.usageUnknown(pool, stop),
                            observer.afterFailure(pool, stop.pace())));
        }
        if (inUse) {
            PoolReport waiting = observer.terminating(pool);
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(report(pool, context, waiting, DELETION_RECHECK));
        }
        if (context.getRetryInfo().isPresent()) {
            // A retry here means that the framework failed to remove the finalizer: nothing else throws.
            statuses.write(
                    context,
                    pool,
                    observer.deletionFailed(
                            pool,
                            "The API server does not remove the operator's finalizer. Check the operator's"
                                    + " RBAC and the admission policies"));
        }
        return DeleteControl.defaultDelete();
    }

    /** Logs and counts an unexpected error. Its text goes only to the log. */
    private void logUnexpected(ClusterUserPool pool, Throwable error) {
        listener.unexpectedError(ControllerNames.POOLS);
        LOG.error(
                "UnexpectedError: the reconciliation of ClusterUserPool {} failed. The operator retries within a minute",
                pool.getMetadata().getName(),
                error);
    }

    /** How many entries are kept in memory for objects. */
    public int remembered() {
        return passes.remembered();
    }

    @Override
    public List<EventSource<?, ClusterUserPool>> prepareEventSources(EventSourceContext<ClusterUserPool> context) {
        return List.of(informers.poolSignals());
    }
}
