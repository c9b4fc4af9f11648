package dev.appclients.cognito.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations as the custom resources write them: a whole number and one of {@code s}, {@code m}, {@code h}, {@code d}. */
public final class Durations {

    private Durations() {}

    /**
     * The duration that is written.
     *
     * @throws IllegalArgumentException for anything else; the API server's pattern lets nothing else in
     */
    public static Duration parse(String text) {
        if (!text.matches("[1-9][0-9]{0,8}[smhd]")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a duration: write a whole number and s, m, h or d, such as 30d");
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** The duration, or what holds when nothing is written. */
    public static Duration parseOr(@Nullable String text, Duration absent) {
        return text == null ? absent : parse(text);
    }
}
