package dev.appclients.cognito.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The measurements of clients that were applied at once.
 *
 * @param cpu of each process, until the operator was idle
 * @param leaseGap as {@link AuditLog#longestLeaseGap}
 * @param requests to the API server, as {@link AuditLog#requests}
 * @param calls to AWS, as {@link Cognito#calls}
 */
record Batch(
        String name,
        int count,
        Duration took,
        Cpu cpu,
        Duration leaseGap,
        Map<String, Integer> requests,
        Map<String, Integer> calls) {

    double seconds() {
        return took.toNanos() / 1e9;
    }

    /** Adds the rate, with its share of the ceiling. */
    Batch rate(Report report) {
        report.add(Figure.of(name + ": apply to all Ready", count / seconds(), "clients/s")
                .note(String.format(
                        Locale.ROOT,
                        "%.1f s; %.2f of the ceiling",
                        seconds(),
                        cpu.shareOfCeiling(count, took, Runtime.getRuntime().availableProcessors()))));
        return this;
    }

    /** Adds CPU per client and op/api, without aims. */
    Batch cpu(Report report) {
        report.add(perClient());
        report.add(Figures.ratio(name, cpu));
        return this;
    }

    /** Adds CPU per client and op/api, with the aims for a warmed-up operator. */
    Batch warmCpu(Report report) {
        report.add(perClient().atMost(Aims.CPU_MILLIS_PER_CLIENT));
        report.add(Figures.ratio(name, cpu).atMost(Aims.OP_TO_API_WARM));
        return this;
    }

    Batch lease(Report report) {
        report.add(Figures.leaseGap(name, leaseGap));
        return this;
    }

    private Figure perClient() {
        return Figure.of(name + ": CPU per client", cpu.operator().toNanos() / 1e6 / count, "ms");
    }

    Batch requests(Report report) {
        report.add(each("writes", "(create|update|patch|delete) (?!clusteruserpools).*")
                .atMost(4));
        report.add(each("reads", "get .*").atMost(0));
        report.add(each("dry runs", "dry-run .*"));
        report.add(each("lists and watches", "(list|watch) .*"));
        report.add(Figure.of(name + ": AWS calls per client", (double) Figures.sum(calls) / count, "")
                // One client in a thousand may have its daily drift check during the batch.
                .atMost(1.01)
                .note(calls.toString()));
        return this;
    }

    private Figure each(String what, String pattern) {
        Map<String, Integer> these = new TreeMap<>(requests);
        these.keySet().removeIf(request -> !request.matches(pattern));
        return Figure.of(name + ": " + what + " per client", (double) Figures.sum(these) / count, "")
                .note(these.isEmpty() ? "" : these.toString());
    }
}
