package dev.appclients.cognito.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Parses the durations of the custom resources: a whole number and {@code s}, {@code m}, {@code h} or {@code d}. */
public final class Durations {

    private Durations() {}

    /**
     * Parses a duration above zero.
     *
     * @throws IllegalArgumentException for any other text; the pattern in the CRD refuses it earlier
     */
    public static Duration parse(String text) {
        if (!text.matches("[1-9][0-9]{0,8}[smhd]")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a duration. Write a whole number with the unit s, m, h or d, such as 30d");
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** The duration in the largest unit that gives a whole number, such as {@code 30d}. */
    public static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds != 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds != 0 && seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /** Parses a duration, or returns the default when there is no text. */
    public static Duration parseOr(@Nullable String text, Duration absent) {
        return text == null ? absent : parse(text);
    }
}
