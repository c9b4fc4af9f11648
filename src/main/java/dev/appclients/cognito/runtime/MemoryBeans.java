package dev.appclients.cognito.runtime;

import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.runtime.metrics.OperatorMetric;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Produces the beans and metrics of the memory. */
@Singleton
final class MemoryBeans {

    private static final int BEFORE_THE_CACHES_FILL = 1;

    private @Nullable Thread watching;

    @Produces
    @Singleton
    Memory memory() {
        return JvmMemory.read();
    }

    @Produces
    @Singleton
    MemoryReport report(Memory memory, KubernetesClient kubernetes, BoundedConfig config) {
        return new MemoryReport(memory, kubernetes, config.watchNamespaces());
    }

    @Produces
    @Singleton
    HeapWatch watch(MemoryReport report, Memory memory, MeterRegistry registry) {
        HeapWatch watch = new HeapWatch(
                new FullCollections(), () -> objects(report, registry), report::advice, Runtime.getRuntime()::halt);
        OperatorMetric.HEAP_LIVE.gauge(registry, watch, HeapWatch::liveRatio);
        OperatorMetric.CLIENTS_CAPACITY.gauge(
                registry,
                memory,
                known ->
                        Capacity.clients(known.heap(), objects(report, registry).claims()));
        return watch;
    }

    void onStart(@Observes @Priority(BEFORE_THE_CACHES_FILL) StartupEvent event, HeapWatch watch) {
        watching = watch.start();
    }

    void onStop(@Observes ShutdownEvent event) {
        if (watching != null) {
            watching.interrupt();
        }
    }

    private static WatchedObjects objects(MemoryReport report, MeterRegistry registry) {
        WatchedObjects watched = new WatchedObjects(
                watched(registry, ControllerNames.CLIENTS), watched(registry, ControllerNames.CLAIMS));
        return report.counted().max(watched);
    }

    /** The framework's count of the objects of a controller; 0 before it counts. */
    private static long watched(MeterRegistry registry, String controller) {
        Gauge counted = registry.find("custom_resources")
                .tag("controller.name", controller)
                .gauge();
        return counted == null ? 0 : (long) counted.value();
    }
}
