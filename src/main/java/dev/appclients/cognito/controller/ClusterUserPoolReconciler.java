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

/** Reads the facts of one user pool, once for all its clients, and keeps the object while clients refer to it. */
@ControllerConfiguration(
        name = ClusterUserPoolReconciler.NAME,
        finalizerName = ClusterUserPoolReconciler.FINALIZER,
        fieldManager = Marks.FIELD_MANAGER,
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = WakeOnChange.class),
        retry = EndlessRetry.class)
public class ClusterUserPoolReconciler implements Reconciler<ClusterUserPool>, Cleaner<ClusterUserPool> {

    /** The controller's name in metrics, logs and health. */
    public static final String NAME = "clusteruserpool";

    /** Held while clients refer to the pool. */
    public static final String FINALIZER = "cognito.appclients.dev/user-pool";

    /** How soon a deletion that waits for clients looks again, should their going not wake it. */
    private static final Duration DELETION_RECHECK = Duration.ofSeconds(15);

    /** How soon to come back while the caches of the other controller are still being filled. */
    private static final Duration STARTING = Duration.ofMillis(200);

    /** The pass is repeated for what changed while it wrote. */
    private static final Duration AT_ONCE = Duration.ZERO;

    private final PoolParts parts;

    /** @param parts the steps of a pass, put together */
    public ClusterUserPoolReconciler(PoolParts parts) {
        this.parts = parts;
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

    /** One pass; when to begin the next. */
    private Duration pass(ClusterUserPool pool, Context<ClusterUserPool> context) {
        if (!parts.informers().areRunning()) {
            return STARTING;
        }
        try {
            PoolLook look = parts.observer().look(pool);
            return report(pool, context, look.report(), look.next());
        } catch (CallNoLongerWanted | PassDeferred notCalled) {
            return parts.observer().afterFailure(pool);
        } catch (RuntimeException | Error unexpected) {
            return unexpected(pool, context, unexpected);
        }
    }

    /** Writes how a pass ended. */
    private Duration report(ClusterUserPool pool, Context<ClusterUserPool> context, PoolReport report, Duration next) {
        return switch (parts.statuses().write(context, pool, report)) {
            case StatusWrite.Unwritten<ClusterUserPool>(NotWritten why, var failure) -> {
                Duration retry = parts.statuses().retry(pool, why);
                parts.observer().unwritten(pool, report, retry);
                yield retry;
            }
            case StatusWrite.Written<ClusterUserPool>(ClusterUserPool now) -> {
                parts.observer().written(pool);
                yield LostChange.happened(pool, now) ? AT_ONCE : next;
            }
        };
    }

    /** An Error too: the framework never reconciles an object again whose pass ended with one. */
    private Duration unexpected(ClusterUserPool pool, Context<ClusterUserPool> context, Throwable error) {
        parts.unexpected(pool, error);
        Duration next = parts.observer().afterFailure(pool);
        try {
            return report(pool, context, parts.observer().unexpected(pool, next), next);
        } catch (RuntimeException | Error unreported) {
            parts.unexpected(pool, unreported);
            return next;
        }
    }

    @Override
    public DeleteControl cleanup(ClusterUserPool pool, Context<ClusterUserPool> context) {
        if (!parts.begin(pool)) {
            return DeleteControl.noFinalizerRemoval();
        }
        try {
            return parts.informers().areRunning()
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
            inUse = parts.isInUse(pool);
        } catch (KubernetesClientException unavailable) {
            PoolReport unknown = parts.observer()
                    .heldUp(
                            pool,
                            "The API server does not list the UserPoolClients, so the operator does not know whether the pool is"
                                    + " in use: " + KubernetesFailure.message(unavailable));
            return DeleteControl.noFinalizerRemoval()
                    .rescheduleAfter(
                            report(pool, context, unknown, parts.observer().afterFailure(pool)));
        }
        if (inUse) {
            PoolReport waiting = parts.observer().terminating(pool);
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(report(pool, context, waiting, DELETION_RECHECK));
        }
        if (context.getRetryInfo().isPresent()) {
            // Nothing but the framework's own removal of the finalizer ends a pass with an exception.
            parts.statuses()
                    .write(
                            context,
                            pool,
                            parts.observer()
                                    .heldUp(
                                            pool,
                                            "The API server does not take the operator's finalizer off. Check the operator's"
                                                    + " RBAC and the admission policies"));
        }
        return DeleteControl.defaultDelete();
    }

    @Override
    public List<EventSource<?, ClusterUserPool>> prepareEventSources(EventSourceContext<ClusterUserPool> context) {
        return List.of(parts.informers().poolSignals());
    }
}
