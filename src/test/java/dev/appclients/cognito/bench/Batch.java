package dev.appclients.cognito.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Clients that were applied at once, and what it took until all were Ready.
 *
 * @param cpu the operator's processor time, until it had nothing left to do
 * @param requests to the API server, as {@link AuditLog#requests}
 * @param calls to AWS, as {@link Cognito#calls}
 */
record Batch(
        String name,
        int count,
        Duration took,
        Duration cpu,
        Map<String, Integer> requests,
        Map<String, Integer> calls) {

    double seconds() {
        return took.toNanos() / 1e9;
    }

    Batch rate(Report report, double aim) {
        report.add(Figure.of(name + ": apply to all Ready", count / seconds(), "clients/s")
                .atLeast(aim)
                .note(String.format(Locale.ROOT, "%.1f s", seconds())));
        return this;
    }

    /** @param aim 0 for none */
    Batch cpu(Report report, double aim) {
        Figure figure = Figure.of(name + ": CPU per client", cpu.toNanos() / 1e6 / count, "ms");
        report.add(aim > 0 ? figure.atMost(aim) : figure);
        return this;
    }

    Batch requests(Report report) {
        report.add(each("writes", "(create|update|patch|delete) (?!clusteruserpools).*")
                .atMost(4));
        report.add(each("reads", "get .*").atMost(0));
        report.add(each("dry runs", "dry-run .*"));
        report.add(each("lists and watches", "(list|watch) .*"));
        report.add(Figure.of(name + ": AWS calls per client", sum(calls) / count, "")
                // One in a thousand may come to its daily look for drift meanwhile.
                .atMost(1.01)
                .note(calls.toString()));
        return this;
    }

    private Figure each(String what, String pattern) {
        Map<String, Integer> these = new TreeMap<>(requests);
        these.keySet().removeIf(request -> !request.matches(pattern));
        return Figure.of(name + ": " + what + " per client", sum(these) / count, "")
                .note(these.isEmpty() ? "" : these.toString());
    }

    private static double sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(count -> count).sum();
    }
}
