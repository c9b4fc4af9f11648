package dev.appclients.cognito.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class FrameworkTest {

    /** The framework counts events of the watch with an action, and other events without one. */
    @Test
    void eventsWithAndWithoutAnActionAreCounted() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(new Framework().everyEventHasAnAction());

        countEvents(registry);

        assertThat(registry.scrape().replace(",}", "}"))
                .contains("events_received_total{action=\"ADDED\",controller_name=\"c\"} 1.0")
                .contains("events_received_total{action=\"unknown\",controller_name=\"c\"} 1.0");
    }

    /** When this fails, the filter may go. */
    @Test
    void withoutTheFilterTheRegistryRejectsOneOfThem() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure();

        assertThat(rejection(() -> countEvents(registry))).isNotNull();
    }

    private static void countEvents(MeterRegistry registry) {
        registry.counter("events.received", "controller.name", "c", "action", "ADDED")
                .increment();
        registry.counter("events.received", "controller.name", "c").increment();
    }

    private static Throwable rejection(Runnable counting) {
        try {
            counting.run();
            return null;
        } catch (IllegalArgumentException refused) {
            return refused;
        }
    }
}
