package dev.appclients.cognito.bench;

import static dev.appclients.cognito.bench.Figures.sum;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;

/** Applies clients during an outage of AWS: with the packaged operator, in real time, under Cognito's quotas. */
final class Outage {

    /** The rate within the shipped share of the quotas. */
    private static final double CREATES_PER_SECOND = 0.8 * 5;

    private final Bed bed;
    private final Clients clients;
    private final Report report;

    Outage(Bed bed, Clients clients, Report report) {
        this.bed = bed;
        this.clients = clients;
        this.report = report;
    }

    void measure(int count, Duration outage) {
        double floor = count / CREATES_PER_SECOND;
        bed.cognito().quotas(true);
        bed.cognito().outage(true);
        bed.cognito().forgetCalls();
        long begun = System.nanoTime();
        Map<String, Integer> during = clients.applyAndMeanwhile(count, () -> {
            Awaitility.await()
                    .pollInterval(Duration.ofSeconds(1))
                    .atMost(outage.plusMinutes(5))
                    .until(() -> System.nanoTime() - begun >= outage.toNanos());
            return bed.cognito().calls();
        });
        bed.cognito().outage(false);
        bed.cognito().forgetCalls();
        long over = System.nanoTime();
        clients.awaitReady(count, Duration.ofSeconds((long) floor + 300));
        double took = (System.nanoTime() - over) / 1e9;
        Map<String, Integer> after = bed.cognito().calls();

        String name = count + " new clients, AWS out for " + outage.toSeconds() + " s";
        report.add(Figure.of(name + ": all Ready after", took, "s")
                .atMost(floor + 60)
                .note(String.format(Locale.ROOT, "floor %.0f", floor)));
        report.add(Figure.of(name + ": calls meanwhile", sum(during), "").note(during.toString()));
        report.add(Figure.of(name + ": calls after it, per client", sum(after) / (double) count, "")
                .atMost(1.1)
                .note(after.toString()));
        bed.cognito().quotas(false);
    }
}
