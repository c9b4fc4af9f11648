package dev.appclients.cognito.controller.workarounds;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics that never throw. The framework calls them between its own state changes (JOSDK 5.3.2, {@code EventProcessor}). An exception
 * there leaves an object marked as under processing, and the framework never reconciles it again. Goes away when the framework catches
 * exceptions of its metrics.
 */
public final class UnfailingMetrics implements Metrics {

    private static final Logger LOG = LoggerFactory.getLogger(UnfailingMetrics.class);

    private final Metrics delegate;

    /** @param delegate its exceptions are dropped, and the measurement is left out */
    public UnfailingMetrics(Metrics delegate) {
        this.delegate = delegate;
    }

    @Override
    public void controllerRegistered(Controller<? extends HasMetadata> controller) {
        quietly(() -> delegate.controllerRegistered(controller));
    }

    @Override
    public void eventReceived(Event event, Map<String, Object> metadata) {
        quietly(() -> delegate.eventReceived(event, metadata));
    }

    @Override
    public void reconciliationSubmitted(HasMetadata resource, RetryInfo retryInfo, Map<String, Object> metadata) {
        quietly(() -> delegate.reconciliationSubmitted(resource, retryInfo, metadata));
    }

    @Override
    public void reconciliationStarted(HasMetadata resource, Map<String, Object> metadata) {
        quietly(() -> delegate.reconciliationStarted(resource, metadata));
    }

    @Override
    public void reconciliationSucceeded(HasMetadata resource, Map<String, Object> metadata) {
        quietly(() -> delegate.reconciliationSucceeded(resource, metadata));
    }

    @Override
    public void reconciliationFailed(
            HasMetadata resource, RetryInfo retryInfo, Exception exception, Map<String, Object> metadata) {
        quietly(() -> delegate.reconciliationFailed(resource, retryInfo, exception, metadata));
    }

    @Override
    public void reconciliationFinished(HasMetadata resource, RetryInfo retryInfo, Map<String, Object> metadata) {
        quietly(() -> delegate.reconciliationFinished(resource, retryInfo, metadata));
    }

    @Override
    public void cleanupDone(ResourceID resource, Map<String, Object> metadata) {
        quietly(() -> delegate.cleanupDone(resource, metadata));
    }

    /** Passes the exceptions of the reconciliation on. */
    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
        return delegate.timeControllerExecution(execution);
    }

    private static void quietly(Runnable measurement) {
        try {
            measurement.run();
        } catch (RuntimeException e) {
            LOG.debug("Dropped a measurement that failed", e);
        }
    }
}
