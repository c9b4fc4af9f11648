package dev.appclients.cognito.secret.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The encoding of a variable in a template. */
enum TemplateFunction {
    /** The value itself: {@code $(clientId)}. */
    PLAIN(1),
    /** A JSON string with its quotes. A control character becomes six characters. */
    JSON(6),
    /** Base64 of RFC 4648, with padding. */
    BASE64(2),
    /** Percent-encoding of RFC 3986, for a path, a query or a form. */
    URLENCODE(3);

    private final int growth;

    TemplateFunction(int growth) {
        this.growth = growth;
    }

    /** The function of this name in a template; null if there is none. */
    static @Nullable TemplateFunction named(String name) {
        return Arrays.stream(values())
                .filter(function -> function != PLAIN && function.text().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The bound of the result, in bytes. */
    int maxBytes(int bytes) {
        return bytes * growth + 4;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    String apply(String value) {
        return switch (this) {
            case PLAIN -> value;
            case JSON -> JsonText.quoted(value);
            case BASE64 -> Base64.getEncoder().encodeToString(value.getBytes(UTF_8));
            case URLENCODE ->
                URLEncoder.encode(value, UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A")
                        .replace("%7E", "~");
        };
    }
}
