package dev.appclients.cognito.crd;

import dev.appclients.cognito.api.v1beta1.Patterns;

/** CEL expressions that several rules share. */
final class Cel {
    private Cel() {}

    /**
     * Whether an optional list or map has an entry. Empty and null count as absent, as in Cognito. A rule must check this before it
     * reads the list: {@code has} is true for null, but list functions fail on null.
     */
    static String given(String list) {
        return "(has(%1$s) && optional.ofNonZeroValue(%1$s).hasValue() && size(%1$s) > 0)".formatted(list);
    }

    /** Whether an optional list has no entry. */
    static String lacks(String list) {
        return "!" + given(list);
    }

    /** Whether an optional boolean is true. */
    static String on(String flag) {
        return "(has(%1$s) && %1$s)".formatted(flag);
    }

    /** Whether a string matches a pattern. The pattern becomes a raw literal, so it must not contain a single quote. */
    static String matches(String text, String pattern) {
        return "%s.matches(r'%s')".formatted(text, pattern);
    }

    /** The seconds of a duration such as {@code 90m}. Fails for other strings: rules run even where a pattern does not match. */
    static String seconds(String duration) {
        return "int(%1$s.substring(0, size(%1$s) - 1)) * {'s': 1, 'm': 60, 'h': 3600, 'd': 86400}[%1$s.substring(size(%1$s) - 1)]"
                .formatted(duration);
    }

    /** Whether {@code self} is a duration in an inclusive range of seconds and a multiple of a step. True for other strings. */
    static String between(long least, long most, long step) {
        return "!%s || [%s].all(s, s >= %d && s <= %d && s %% %d == 0)"
                .formatted(matches("self", Patterns.DURATION_OR_ZERO), seconds("self"), least, most, step);
    }
}
