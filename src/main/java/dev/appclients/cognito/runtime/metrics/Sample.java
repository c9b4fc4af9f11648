package dev.appclients.cognito.runtime.metrics;

import java.util.List;

/**
 * One value of a gauge that is computed for each scrape.
 *
 * @param labels in the order of the metric's labels
 */
record Sample(OperatorMetric metric, List<String> labels, double value) {

    static Sample of(OperatorMetric metric, double value, String... labels) {
        return new Sample(metric, List.of(labels), value);
    }
}
