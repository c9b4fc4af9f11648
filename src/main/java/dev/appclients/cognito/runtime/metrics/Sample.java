package dev.appclients.cognito.runtime.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * One value of a metric that is computed for each scrape.
 *
 * @param suffix the end of the name of a series of a histogram; empty for a gauge
 * @param labels in the order of the metric's labels, then the bound of a bucket
 */
record Sample(OperatorMetric metric, String suffix, List<String> labels, double value) {

    static final String BUCKET = "_bucket";

    static Sample of(OperatorMetric metric, double value, String... labels) {
        return new Sample(metric, "", List.of(labels), value);
    }

    /**
     * The series of a histogram.
     *
     * @param bounds the upper bounds of its buckets, ascending, without infinity
     * @param upTo how many values are not over each bound
     */
    static List<Sample> histogram(
            OperatorMetric metric, List<Double> bounds, double[] upTo, double count, double sum, String... labels) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < bounds.size(); i++) {
            samples.add(bucket(metric, Double.toString(bounds.get(i)), upTo[i], labels));
        }
        samples.add(bucket(metric, "+Inf", count, labels));
        samples.add(new Sample(metric, "_count", List.of(labels), count));
        samples.add(new Sample(metric, "_sum", List.of(labels), sum));
        return samples;
    }

    private static Sample bucket(OperatorMetric metric, String bound, double count, String... labels) {
        List<String> all = new ArrayList<>(List.of(labels));
        all.add(bound);
        return new Sample(metric, BUCKET, List.copyOf(all), count);
    }
}
