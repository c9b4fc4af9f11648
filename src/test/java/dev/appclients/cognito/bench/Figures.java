package dev.appclients.cognito.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures of several parts. */
final class Figures {

    private Figures() {}

    /** The operator's processor time divided by the API server's. */
    static Figure ratio(String name, Cpu cpu) {
        return Figure.of(name + ": op/api", cpu.ratio(), "")
                .note(String.format(
                        Locale.ROOT,
                        "operator %.1f s, API server %.1f, etcd %.1f, simulator %.1f",
                        seconds(cpu.operator()),
                        seconds(cpu.apiServer()),
                        seconds(cpu.etcd()),
                        seconds(cpu.simulator())));
    }

    static Figure leaseGap(String name, Duration gap) {
        return Figure.of(name + ": longest gap between lease renewals", seconds(gap), "s")
                .atMost(Aims.LEASE_GAP_SECONDS)
                .note("leadership is lost after 10");
    }

    /** Unexpected ends of the operator's process. */
    static Figure ends(String name, List<Pod.End> ends) {
        return Figure.of(name + ": unexpected ends of the operator", ends.size(), "")
                .atMost(0)
                .note(String.join("; ", ends.stream().map(Pod.End::what).toList()));
    }

    /** Expected warnings of the flood do not count, up to one per client. */
    static Figure problems(String name, OperatorLog.Problems found, int clients) {
        int surplus = Math.max(0, found.expected() - clients);
        List<String> notes = new ArrayList<>();
        if (found.expected() > 0) {
            notes.add(found.expected() + " expected");
        }
        if (found.errors() > 0) {
            notes.add(found.errors() + " errors");
        }
        notes.addAll(found.first());
        return Figure.of(name + ": warnings and errors in the log", found.warnings() + found.errors() + surplus, "")
                .note(String.join(" / ", notes));
    }

    static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(count -> count).sum();
    }

    /** The number of calls that Cognito throttled. */
    static int throttled(Map<String, Integer> calls) {
        return calls.entrySet().stream()
                .filter(call -> call.getKey().contains("TooManyRequests"))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
