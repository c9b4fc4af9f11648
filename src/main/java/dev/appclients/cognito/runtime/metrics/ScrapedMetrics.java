package dev.appclients.cognito.runtime.metrics;

import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Computes gauges and histograms for each scrape, so that a state without objects leaves no series behind. */
final class ScrapedMetrics extends Collector {

    private final Supplier<List<Sample>> samples;

    /** @param samples called once for each scrape, by the thread of the scrape */
    ScrapedMetrics(Supplier<List<Sample>> samples) {
        this.samples = samples;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        Map<OperatorMetric, List<MetricFamilySamples.Sample>> families = new EnumMap<>(OperatorMetric.class);
        for (Sample sample : samples.get()) {
            OperatorMetric metric = sample.metric();
            families.computeIfAbsent(metric, first -> new ArrayList<>())
                    .add(new MetricFamilySamples.Sample(
                            metric.family() + sample.suffix(), labelNames(sample), sample.labels(), sample.value()));
        }
        List<MetricFamilySamples> collected = new ArrayList<>();
        families.forEach((metric, values) ->
                collected.add(new MetricFamilySamples(metric.family(), type(metric), metric.meaning(), values)));
        return collected;
    }

    private static Type type(OperatorMetric metric) {
        return metric.type() == MetricType.HISTOGRAM ? Type.HISTOGRAM : Type.GAUGE;
    }

    private static List<String> labelNames(Sample sample) {
        List<String> names = new ArrayList<>(sample.metric().labelNames());
        if (sample.suffix().equals(Sample.BUCKET)) {
            names.add("le");
        }
        return names;
    }
}
