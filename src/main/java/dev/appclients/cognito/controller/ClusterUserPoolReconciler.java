package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.aws.CallNoLongerWanted;
import dev.appclients.cognito.controller.PassListener.NotWritten;
import dev.appclients.cognito.controller.guards.EndlessRetry;
import dev.appclients.cognito.controller.guards.LostChange;
import dev.appclients.cognito.controller.reconcile.PassDeferred;
import dev.appclients.cognito.secret.Marks;
import dev.appclients.cognito.status.PoolStatus.PoolReport;
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

/** Reads the facts of a user pool for all its clients, and keeps the ClusterUserPool while clients refer to it. */
@ControllerConfiguration(
        name = ClusterUserPoolReconciler.NAME,
        finalizerName = ClusterUserPoolReconciler.FINALIZER,
        fieldManager = Marks.FIELD_MANAGER,
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = WakeOnChange.class),
        retry = EndlessRetry.class)
public class ClusterUserPoolReconciler implements Reconciler<ClusterUserPool>, Cleaner<ClusterUserPool> {

    /** The name of the controller in metrics, logs and health checks. */
    public static final String NAME = PoolParts.NAME;

    /** Keeps the object while clients refer to the pool. */
    public static final String FINALIZER = "cognito.appclients.dev/user-pool";

    /** Retries a deletion that waits for clients, in case their delete events are lost. */
    private static final Duration DELETION_RECHECK = Duration.ofSeconds(15);

    /** Retries while the caches of the other controller are not synced. */
    private static final Duration STARTING = Duration.ofMillis(200);

    /** Requeues for a change that arrived during the status write. */
    private static final Duration AT_ONCE = Duration.ZERO;

    private final PoolParts parts;
    private final PoolObserver observer;
    private final PoolStatusWriter statuses;
    private final PoolUsage usage;
    private final Informers informers;

    /** @param parts the steps of a reconciliation */
    public ClusterUserPoolReconciler(PoolParts parts) {
        this.parts = parts;
        observer = parts.observer();
        statuses = parts.statuses();
        usage = parts.usage();
        informers = parts.informers();
    }

    @Override
    public UpdateControl<ClusterUserPool> reconcile(ClusterUserPool pool, Context<ClusterUserPool> context) {
        if (!parts.begin(pool)) {
            return UpdateControl.noUpdate();
        }
        try {
            return UpdateControl.<ClusterUserPool>noUpdate().rescheduleAfter(pass(pool, context));
        } finally {
            parts.end(pool);
        }
    }

    /** Reconciles once; returns the delay until the next reconciliation. */
    private Duration pass(ClusterUserPool pool, Context<ClusterUserPool> context) {
        if (!informers.areRunning()) {
            return STARTING;
        }
        try {
            PoolLook reading = observer.observe(pool);
            return report(pool, context, reading.report(), reading.next());
        } catch (CallNoLongerWanted | PassDeferred notCalled) {
            return parts.promise(pool, observer.afterFailure(pool));
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
                yield parts.promise(pool, retry);
            }
            case StatusWrite.Written<ClusterUserPool>(ClusterUserPool now) -> {
                observer.statusWritten(pool);
                yield LostChange.happened(pool, now) ? AT_ONCE : parts.promise(pool, next);
            }
        };
    }

    /** Catches Errors too: the framework never reconciles an object again after an Error. */
    private Duration unexpected(ClusterUserPool pool, Context<ClusterUserPool> context, Throwable error) {
        parts.unexpected(pool, error);
        Duration next = observer.afterFailure(pool);
        try {
            return report(pool, context, observer.unexpected(pool, next), next);
        } catch (RuntimeException | Error unreported) {
            parts.unexpected(pool, unreported);
            return parts.promise(pool, next);
        }
    }

    @Override
    public DeleteControl cleanup(ClusterUserPool pool, Context<ClusterUserPool> context) {
        if (!parts.begin(pool)) {
            return DeleteControl.noFinalizerRemoval();
        }
        try {
            return informers.areRunning()
                    ? release(pool, context)
                    : DeleteControl.noFinalizerRemoval().rescheduleAfter(STARTING);
        } catch (RuntimeException | Error unexpected) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(unexpected(pool, context, unexpected));
        } finally {
            parts.end(pool);
        }
    }

    private DeleteControl release(ClusterUserPool pool, Context<ClusterUserPool> context) {
        boolean inUse;
        try {
            inUse = usage.isInUse(pool);
        } catch (KubernetesClientException unavailable) {
            PoolReport unknown = observer.deletionFailed(
                    pool,
                    "The API server does not list the UserPoolClients, so the operator does not know whether the pool is"
                            + " in use: " + KubernetesFailure.message(unavailable));
            return DeleteControl.noFinalizerRemoval()
                    .rescheduleAfter(report(pool, context, unknown, observer.afterFailure(pool)));
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

    @Override
    public List<EventSource<?, ClusterUserPool>> prepareEventSources(EventSourceContext<ClusterUserPool> context) {
        return List.of(informers.poolSignals());
    }
}
