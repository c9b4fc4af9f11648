package dev.appclients.cognito.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class FrameworkTest {

    /** As the framework counts its events: with an action for those of the watch, without one for the others. */
    @Test
    void bothWaysOfCountingEventsShowInPrometheus() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(new Framework().everyEventHasAnAction());

        countEvents(registry);

        assertThat(registry.scrape().replace(",}", "}"))
                .contains("events_received_total{action=\"ADDED\",controller_name=\"c\"} 1.0")
                .contains("events_received_total{action=\"unknown\",controller_name=\"c\"} 1.0");
    }

    /** What the filter guards against. */
    @Test
    void withoutTheFilterOneOfThemIsLostOrThrows() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure();

        assertThat(catchRefusal(() -> countEvents(registry))).isNotNull();
    }

    private static void countEvents(MeterRegistry registry) {
        registry.counter("events.received", "controller.name", "c", "action", "ADDED")
                .increment();
        registry.counter("events.received", "controller.name", "c").increment();
    }

    private static Throwable catchRefusal(Runnable counting) {
        try {
            counting.run();
            return null;
        } catch (IllegalArgumentException refused) {
            return refused;
        }
    }
}
