package dev.appclients.cognito.monitoring;

import java.util.List;

/**
 * A metric of a framework that people need beside the operator's own ones.
 *
 * @param series the names in Prometheus
 */
record ForeignMetric(List<String> series, String type, String unit, List<String> labels, String meaning) {

    private static final String CONTROLLER = "controller_name";

    /** The metrics of the Java Operator SDK: all that it has. */
    static final List<ForeignMetric> OF_THE_OPERATOR_SDK = List.of(
            gauge("custom_resources", "objects", "The watched objects, on every replica.", CONTROLLER),
            counter("reconciliations_started_total", "reconciliations", "Reconciliations that began.", CONTROLLER),
            counter("reconciliations_success_total", "reconciliations", "Reconciliations that ended.", CONTROLLER),
            counter(
                    "reconciliations_failure_total",
                    "reconciliations",
                    "Reconciliations that failed in the framework. Usually the API server refuses a finalizer.",
                    CONTROLLER),
            counter(
                    "reconciliations_retries_total",
                    "reconciliations",
                    "Reconciliations that retry after such a failure.",
                    CONTROLLER),
            new ForeignMetric(
                    List.of(
                            "reconciliations_execution_duration_seconds_bucket",
                            "reconciliations_execution_duration_seconds_count",
                            "reconciliations_execution_duration_seconds_sum",
                            "reconciliations_execution_duration_seconds_max"),
                    "histogram",
                    "seconds",
                    List.of(CONTROLLER),
                    "The duration of a reconciliation, with the wait for AWS. The series `_bucket` has the label `le` too."),
            gauge("reconciliations_active", "reconciliations", "The running reconciliations.", CONTROLLER),
            gauge("reconciliations_queue", "reconciliations", "The waiting reconciliations.", CONTROLLER),
            new ForeignMetric(
                    List.of("events_received_total"),
                    "counter",
                    "events",
                    List.of("action", CONTROLLER, "event"),
                    "The events that triggered the controllers. `action` is `ADDED`, `UPDATED`, `DELETED` or `unknown`."));

    /** A selection of the metrics of the JVM and of the libraries. */
    static final List<ForeignMetric> OF_THE_PROCESS = List.of(
            gauge(
                    "process_start_time_seconds",
                    "seconds since 1970",
                    "The start of the process. A change is a restart."),
            gauge("process_cpu_usage", "0 to 1", "The part of all processors that the process uses."),
            gauge(
                    "jvm_memory_used_bytes",
                    "bytes",
                    "The memory in use, with garbage that is not yet collected.",
                    "area",
                    "id"),
            gauge("jvm_memory_max_bytes", "bytes", "The limits of these; -1 for none.", "area", "id"),
            new ForeignMetric(
                    List.of("jvm_gc_pause_seconds_count", "jvm_gc_pause_seconds_sum", "jvm_gc_pause_seconds_max"),
                    "summary",
                    "seconds",
                    List.of("action", "cause", "gc"),
                    "The pauses of the garbage collector."),
            gauge(
                    "jvm_threads_live_threads",
                    "threads",
                    "The platform threads. Reconciliations run on virtual threads."));

    static ForeignMetric gauge(String name, String unit, String meaning, String... labels) {
        return new ForeignMetric(List.of(name), "gauge", unit, List.of(labels), meaning);
    }

    static ForeignMetric counter(String name, String unit, String meaning, String... labels) {
        return new ForeignMetric(List.of(name), "counter", unit, List.of(labels), meaning);
    }
}
