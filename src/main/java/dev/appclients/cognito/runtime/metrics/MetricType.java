package dev.appclients.cognito.runtime.metrics;

import java.util.List;

/** The type of a metric. */
public enum MetricType {
    GAUGE("gauge"),
    COUNTER("counter"),
    TIMER("summary"),
    HISTOGRAM("histogram");

    private final String text;

    MetricType(String text) {
        this.text = text;
    }

    /** The type in Prometheus. */
    public String text() {
        return text;
    }

    List<String> suffixes() {
        return switch (this) {
            case GAUGE -> List.of("");
            case COUNTER -> List.of("_total");
            case TIMER -> List.of("_seconds_count", "_seconds_sum", "_seconds_max");
            case HISTOGRAM -> List.of("_bucket", "_count", "_sum");
        };
    }
}
