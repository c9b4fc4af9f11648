package dev.appclients.cognito.runtime.metrics;

import dev.appclients.cognito.aws.CallListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Records calls to AWS as metrics: their number, outcome and duration, and how long they waited for the budget. */
public final class CallMetrics implements CallListener {

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<String, AtomicLong> lastSuccess = new ConcurrentHashMap<>();

    public CallMetrics(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public void callEnded(Call call) {
        String outcome = call.failure() == null ? "OK" : call.failure().name();
        OperatorMetric.AWS_CALL
                .timer(registry, call.operation(), call.region(), outcome)
                .record(call.took());
        OperatorMetric.AWS_BUDGET_WAIT
                .timer(registry, call.operation(), call.region())
                .record(call.waited());
        if (call.failure() == null) {
            lastSuccess
                    .computeIfAbsent(call.region(), this::register)
                    .set(clock.instant().getEpochSecond());
        }
    }

    private AtomicLong register(String region) {
        AtomicLong time = new AtomicLong();
        OperatorMetric.AWS_LAST_SUCCESS.gauge(registry, time, AtomicLong::get, region);
        return time;
    }
}
