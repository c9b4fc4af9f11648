package dev.appclients.cognito.model;

/** Cuts a text to a bound of the schema. The API server counts characters as code points, and so does this class. */
public final class Excerpt {

    private static final String CUT = "…";

    private Excerpt() {}

    /**
     * The text, or its beginning and an ellipsis where it is longer than the bound. A character is never split: half of a
     * surrogate pair cannot be sent.
     *
     * @param most how many characters the result has at most; at least 1
     */
    public static String of(String text, int most) {
        return fits(text, most) ? text : beginning(text, most - 1) + CUT;
    }

    /** Whether the text has at most so many characters. */
    public static boolean fits(String text, int most) {
        return text.length() <= most || text.codePointCount(0, text.length()) <= most;
    }

    /** The first characters of a text that has more of them. */
    static String beginning(String text, int count) {
        return text.substring(0, text.offsetByCodePoints(0, count));
    }
}
