package dev.appclients.cognito.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One measured number.
 *
 * @param unit the unit, for people
 * @param aim the expected bound; null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Figure(
        String name,
        double value,
        String unit,
        @Nullable Aim aim,
        @Nullable String note) {

    /** A bound: at most, or at least. */
    record Aim(boolean atMost, double bound) {

        boolean isMetBy(double value) {
            return atMost ? value <= bound : value >= bound;
        }

        @Override
        public String toString() {
            return (atMost ? "≤ " : "≥ ") + number(bound);
        }
    }

    static Figure of(String name, double value, String unit) {
        return new Figure(name, value, unit, null, null);
    }

    Figure atMost(double bound) {
        return new Figure(name, value, unit, new Aim(true, bound), note);
    }

    Figure atLeast(double bound) {
        return new Figure(name, value, unit, new Aim(false, bound), note);
    }

    Figure note(String text) {
        return new Figure(name, value, unit, aim, text);
    }

    boolean isMissed() {
        return aim != null && !aim.isMetBy(value);
    }

    /** A line of the table. */
    String line() {
        String verdict = aim == null ? "" : isMissed() ? "MISSED" : "met";
        return String.format(
                        Locale.ROOT,
                        "%-76s %9s %-9s %-8s %-7s %s",
                        name,
                        number(value),
                        unit,
                        aim == null ? "" : aim,
                        verdict,
                        note == null ? "" : note)
                .stripTrailing();
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
