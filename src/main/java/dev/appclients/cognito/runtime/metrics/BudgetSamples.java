package dev.appclients.cognito.runtime.metrics;

import dev.appclients.cognito.aws.BudgetState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Combines the states of the budget over the accounts, which are no label. */
final class BudgetSamples {

    private BudgetSamples() {}

    static List<Sample> of(List<BudgetState> states) {
        Map<List<String>, Integer> waiting = new TreeMap<>(BudgetSamples::compare);
        Map<List<String>, Double> rates = new TreeMap<>(BudgetSamples::compare);
        Map<List<String>, Integer> open = new TreeMap<>(BudgetSamples::compare);
        for (BudgetState state : states) {
            List<String> quota = List.of(state.region(), state.quota().name());
            waiting.merge(quota, state.waiting(), Integer::sum);
            rates.merge(quota, state.rateRatio(), Math::min);
            state.openBreakers()
                    .forEach((operation, count) ->
                            open.merge(List.of(state.region(), operation.apiName()), count, Integer::sum));
        }
        List<Sample> samples = new ArrayList<>();
        waiting.forEach(
                (labels, count) -> samples.add(new Sample(OperatorMetric.AWS_BUDGET_WAITING, "", labels, count)));
        rates.forEach((labels, ratio) -> samples.add(new Sample(OperatorMetric.AWS_BUDGET_RATE, "", labels, ratio)));
        open.forEach((labels, count) -> samples.add(new Sample(OperatorMetric.AWS_BREAKERS_OPEN, "", labels, count)));
        return samples;
    }

    private static int compare(List<String> one, List<String> other) {
        return String.join(" ", one).compareTo(String.join(" ", other));
    }
}
