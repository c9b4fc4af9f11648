package dev.appclients.cognito.crd;

/** Pieces of CEL that more than one rule needs. */
final class Cel {
    private Cel() {}

    /** Whether an optional list is there and has an item; an empty list counts as absent, as it does in Cognito. */
    static String given(String list) {
        return "(has(%1$s) && size(%1$s) > 0)".formatted(list);
    }

    /** Whether an optional switch is there and on. */
    static String on(String flag) {
        return "(has(%1$s) && %1$s)".formatted(flag);
    }

    /** The seconds of a duration such as {@code 90m}; the schema's pattern has already been checked. */
    static String seconds(String duration) {
        return "int(%1$s.substring(0, size(%1$s) - 1)) * {'s': 1, 'm': 60, 'h': 3600, 'd': 86400}[%1$s.substring(size(%1$s) - 1)]"
                .formatted(duration);
    }

    /** Whether a duration lies in a range of seconds, both ends included. */
    static String between(String duration, long least, long most) {
        return "[%s].all(s, s >= %d && s <= %d)".formatted(seconds(duration), least, most);
    }
}
