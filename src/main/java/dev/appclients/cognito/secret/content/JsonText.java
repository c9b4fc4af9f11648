package dev.appclients.cognito.secret.content;

/** Writes JSON strings. Keeps no buffer, because a value may be a secret. */
final class JsonText {

    private JsonText() {}

    /** The text as a JSON string, with its quotes. */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> append(json, c);
            }
        }
        return json.append('"').toString();
    }

    /** Line separators are valid JSON, but end a string in older versions of JavaScript. */
    private static void append(StringBuilder json, char c) {
        if (c < 0x20 || c == 0x7f || c == 0x2028 || c == 0x2029) {
            json.append(String.format("\\u%04x", (int) c));
        } else {
            json.append(c);
        }
    }
}
