package dev.appclients.cognito.crd;

import dev.appclients.cognito.api.v1beta1.Patterns;

/** Pieces of CEL that more than one rule needs. */
final class Cel {
    private Cel() {}

    /**
     * Whether an optional list or map has an entry. One that is empty or null counts as absent, as it does in Cognito. A rule must
     * ask this before it reads the list: {@code has} is true for null, and every function of lists fails on it.
     */
    static String given(String list) {
        return "(has(%1$s) && optional.ofNonZeroValue(%1$s).hasValue() && size(%1$s) > 0)".formatted(list);
    }

    /** Whether an optional list has no entry. */
    static String lacks(String list) {
        return "!" + given(list);
    }

    /** Whether an optional switch is there and on. */
    static String on(String flag) {
        return "(has(%1$s) && %1$s)".formatted(flag);
    }

    /** Whether a text has a shape. The pattern stands in a raw literal, so it must not contain a single quote. */
    static String matches(String text, String pattern) {
        return "%s.matches(r'%s')".formatted(text, pattern);
    }

    /** The seconds of a duration such as {@code 90m}. An error for any other text: rules run even where a pattern failed. */
    static String seconds(String duration) {
        return "int(%1$s.substring(0, size(%1$s) - 1)) * {'s': 1, 'm': 60, 'h': 3600, 'd': 86400}[%1$s.substring(size(%1$s) - 1)]"
                .formatted(duration);
    }

    /** Whether {@code self} is a duration in a range of seconds, both ends included, and a multiple of a step; true where it is no duration. */
    static String between(long least, long most, long step) {
        return "!%s || [%s].all(s, s >= %d && s <= %d && s %% %d == 0)"
                .formatted(matches("self", Patterns.DURATION_OR_ZERO), seconds("self"), least, most, step);
    }
}
