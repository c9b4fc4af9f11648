package dev.appclients.cognito.runtime.metrics;

import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.controller.reconcile.PassListener;
import dev.appclients.cognito.model.Reason;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts the failures of reconciliations that no condition can show, and the announced transitions. Registers every series of a failure
 * at the start, so that an alert on an increase sees the first failure.
 */
public final class PassMetrics implements PassListener {

    private final MeterRegistry registry;

    public PassMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (String controller :
                new String[] {ControllerNames.CLIENTS, ControllerNames.POOLS, ControllerNames.CLAIMS}) {
            OperatorMetric.UNEXPECTED_ERRORS.counter(registry, controller);
            for (NotWritten why : NotWritten.values()) {
                OperatorMetric.STATUS_NOT_WRITTEN.counter(registry, controller, why.name());
            }
        }
    }

    @Override
    public void statusNotWritten(String controller, NotWritten why) {
        OperatorMetric.STATUS_NOT_WRITTEN
                .counter(registry, controller, why.name())
                .increment();
    }

    @Override
    public void unexpectedError(String controller) {
        OperatorMetric.UNEXPECTED_ERRORS.counter(registry, controller).increment();
    }

    @Override
    public void announced(String kind, String type, Reason reason) {
        OperatorMetric.EVENTS.counter(registry, kind, type, reason.text()).increment();
    }

    @Override
    public void rotationEnded(String cause, String outcome) {}
}
