package dev.appclients.cognito.bench;

import dev.appclients.cognito.controller.reconcile.Simulations;
import dev.appclients.cognito.controller.rotation.RotationSimulation;
import java.time.Duration;
import java.util.Locale;

/** Measures the budget in virtual time with the operator's own code, at sizes and durations that no real run covers. */
final class Budget {

    private static final Duration OUTAGE = Duration.ofMinutes(10);

    private Budget() {}

    static void measure(Report report) {
        outage(report, "1,000 new clients", Simulations.outageWithNewClients(1_000, OUTAGE));
        outage(report, "1,000 edits", Simulations.outageWithEditedClients(1_000, OUTAGE));
        var fairness = Simulations.fairness(1_000);
        report.add(Figure.of("virtual: another namespace's first beside 1,000", fairness.worst(), "s")
                .atMost(3)
                .note(String.format(Locale.ROOT, "the worst of 30; median %.2f", fairness.median())));
        var drift = Simulations.drift(10_000, 500);
        report.add(Figure.of("virtual: 10,000 clients, most checks in an hour", drift.mostAnHour(), "")
                .atMost(1)
                .note("fewest " + drift.fewestAnHour()));
        report.add(Figure.of("virtual: the same, checks off their hour", drift.irregularity(), "s")
                .note("at worst"));
        report.add(Figure.of("virtual: the same, Describe calls in a second", drift.mostInOneSecond(), "")
                .atMost(4));
        report.add(Figure.of("virtual: 500 edits beside them", drift.editSeconds(), "s")
                .note(String.format(
                        Locale.ROOT,
                        "floor %.0f; drift kept %.0f %% of the Describe calls",
                        drift.editFloor(),
                        100 * drift.driftShareDuringEdits())));
        rotation(report);
    }

    private static void rotation(Report report) {
        var overdue = RotationSimulation.overdue(1_000);
        report.add(Figure.of(
                        "virtual: a schedule for 1,000 overdue clients, most starts in a minute",
                        overdue.mostInAMinute(),
                        "")
                .atMost(2)
                .note(String.format(Locale.ROOT, "the last after %.1f h", overdue.hours())));
        report.add(Figure.of("virtual: the same, the slowest edit meanwhile", overdue.slowestEdit(), "s")
                .atMost(overdue.editAlone() + 0.5)
                .note(String.format(Locale.ROOT, "without rotations %.2f", overdue.editAlone())));
    }

    private static void outage(Report report, String what, Simulations.OutageResult result) {
        String name = "virtual: " + what + ", AWS out for 10 min";
        report.add(Figure.of(name + ": all Ready after", result.seconds(), "s")
                .atMost(result.floor() + 60)
                .note(String.format(Locale.ROOT, "floor %.0f", result.floor())));
        report.add(Figure.of(name + ": calls meanwhile", result.callsDuring(), "")
                .atMost(150)
                .note(result.callsAfter() + " after it"));
    }
}
