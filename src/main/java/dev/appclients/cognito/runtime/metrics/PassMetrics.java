package dev.appclients.cognito.runtime.metrics;

import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.controller.reconcile.PassListener;
import dev.appclients.cognito.controller.rotation.RotationOutcome;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.rotation.Cause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/**
 * Counts the failures of reconciliations that no condition can show, the announced transitions and the ends of rotations. Registers every
 * series of a failure and of a rotation at the start, so that an alert on an increase sees the first one.
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
        for (Cause cause : Cause.values()) {
            for (RotationOutcome outcome : RotationOutcome.values()) {
                rotations(label(cause), label(outcome));
            }
        }
        OperatorMetric.EVENTS.counter(registry, "UserPoolClient", "Warning", Reason.PUBLISHED_SECRET_GONE.text());
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
    public void rotationEnded(String cause, String outcome) {
        rotations(cause, outcome).increment();
    }

    private Counter rotations(String cause, String outcome) {
        return OperatorMetric.ROTATIONS.counter(registry, cause, outcome);
    }

    private static String label(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
