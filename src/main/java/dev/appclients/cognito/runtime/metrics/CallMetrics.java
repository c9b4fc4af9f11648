package dev.appclients.cognito.runtime.metrics;

import dev.appclients.cognito.aws.CallListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Records calls to AWS as metrics: their number, outcome and duration, and how long they waited for the budget. */
public final class CallMetrics implements CallListener {

    private final MeterRegistry registry;

    public CallMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void callEnded(Call call) {
        String outcome = call.failure() == null ? "OK" : call.failure().name();
        Timer.builder("cognito_client_operator.aws.call")
                .description("Calls to AWS, from the first byte of the request to the end of the response")
                .tag("operation", call.operation())
                .tag("region", call.region())
                .tag("outcome", outcome)
                .register(registry)
                .record(call.took());
        Timer.builder("cognito_client_operator.aws.budget.wait")
                .description("How long calls to AWS waited for the budget")
                .tag("operation", call.operation())
                .tag("region", call.region())
                .register(registry)
                .record(call.waited());
    }
}
