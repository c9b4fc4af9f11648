package dev.appclients.cognito.runtime.metrics;

import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.controller.reconcile.PassListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts the failures of reconciliations that no condition can show. Registers every series at the start, so that an alert on an increase
 * sees the first failure.
 */
public final class PassMetrics implements PassListener {

    private final MeterRegistry registry;

    public PassMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (String controller : new String[] {ControllerNames.CLIENTS, ControllerNames.POOLS}) {
            unexpected(controller);
            for (NotWritten why : NotWritten.values()) {
                notWritten(controller, why);
            }
        }
    }

    @Override
    public void statusNotWritten(String controller, NotWritten why) {
        notWritten(controller, why).increment();
    }

    @Override
    public void unexpectedError(String controller) {
        unexpected(controller).increment();
    }

    private Counter notWritten(String controller, NotWritten why) {
        return Counter.builder("cognito_client_operator.status.not.written")
                .description("Writes of a status or of an intent that failed and are retried")
                .tag("controller_name", controller)
                .tag("reason", why.name())
                .register(registry);
    }

    private Counter unexpected(String controller) {
        return Counter.builder("cognito_client_operator.unexpected.errors")
                .description("Reconciliations that ended with an unexpected error")
                .tag("controller_name", controller)
                .register(registry);
    }
}
