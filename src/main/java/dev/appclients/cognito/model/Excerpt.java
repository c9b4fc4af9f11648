package dev.appclients.cognito.model;

/** Cuts a string to a bound of the schema. Counts characters as code points, like the API server. */
public final class Excerpt {

    private static final String CUT = "…";

    private Excerpt() {}

    /**
     * The string, or its first characters and an ellipsis if it is longer than the bound. Never splits a surrogate pair.
     *
     * @param most the maximum number of characters of the result; at least 1
     */
    public static String of(String text, int most) {
        return fits(text, most) ? text : beginning(text, most - 1) + CUT;
    }

    /** Whether the string has at most this number of characters. */
    public static boolean fits(String text, int most) {
        return text.length() <= most || text.codePointCount(0, text.length()) <= most;
    }

    /** The first characters of a longer string. */
    static String beginning(String text, int count) {
        return text.substring(0, text.offsetByCodePoints(0, count));
    }
}
