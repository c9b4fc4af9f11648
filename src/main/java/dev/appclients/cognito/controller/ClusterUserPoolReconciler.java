package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.controller.guards.EndlessRetry;
import dev.appclients.cognito.secret.Marks;
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

    private final PoolParts parts;

    /** @param parts the steps of a pass, put together */
    public ClusterUserPoolReconciler(PoolParts parts) {
        this.parts = parts;
    }

    @Override
    public UpdateControl<ClusterUserPool> reconcile(ClusterUserPool pool, Context<ClusterUserPool> context) {
        parts.wakeUps().arrived(pool.getMetadata().getUid());
        if (!parts.informers().areRunning()) {
            return UpdateControl.<ClusterUserPool>noUpdate().rescheduleAfter(STARTING);
        }
        try {
            PoolLook look = parts.observer().look(pool);
            boolean changedMeanwhile = parts.statuses().write(context, pool, look.report());
            return changedMeanwhile
                    ? UpdateControl.<ClusterUserPool>noUpdate().reschedule()
                    : UpdateControl.<ClusterUserPool>noUpdate().rescheduleAfter(parts.promise(pool, look.next()));
        } catch (KubernetesClientException unavailable) {
            return UpdateControl.<ClusterUserPool>noUpdate()
                    .rescheduleAfter(parts.promise(pool, parts.observer().afterApiServerFailure(pool)));
        }
    }

    @Override
    public DeleteControl cleanup(ClusterUserPool pool, Context<ClusterUserPool> context) {
        parts.wakeUps().arrived(pool.getMetadata().getUid());
        if (!parts.informers().areRunning()) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(STARTING);
        }
        if (!parts.isInUse(pool)) {
            parts.observer().forget(pool);
            return DeleteControl.defaultDelete();
        }
        try {
            parts.statuses().write(context, pool, parts.observer().terminating(pool));
        } catch (KubernetesClientException reportedLater) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(parts.promise(pool, DELETION_RECHECK));
        }
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(parts.promise(pool, DELETION_RECHECK));
    }

    @Override
    public List<EventSource<?, ClusterUserPool>> prepareEventSources(EventSourceContext<ClusterUserPool> context) {
        return List.of(parts.informers().poolSignals());
    }
}
