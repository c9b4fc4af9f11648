package dev.appclients.cognito.secret.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.appclients.cognito.model.Excerpt;
import dev.appclients.cognito.model.TemplateVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value with variables: {@code $(variable)} or {@code $(function(variable))}. {@code $$(} is a literal {@code $(}. All other text
 * stands for itself.
 *
 * @param parts in order
 * @param fault the reason why the text is no template, as a sentence without its subject; null if it is one. A part with a fault
 *     is literal text
 */
public record Template(List<Part> parts, @Nullable String fault) {

    private static final String OPEN = "$(";
    private static final String ESCAPED = "$$(";
    private static final int LONGEST_QUOTE = 60;

    /** Much longer than any valid reference. Bounds the time of the search for the end of an invalid one. */
    private static final int LONGEST_REFERENCE = 256;

    /** A part of a template. */
    sealed interface Part {}

    record Literal(String text) implements Part {}

    record Reference(TemplateFunction function, TemplateVariable variable) implements Part {

        @Override
        public String toString() {
            return function == TemplateFunction.PLAIN
                    ? OPEN + variable.camelCase() + ")"
                    : OPEN + function.text() + "(" + variable.camelCase() + "))";
        }
    }

    public Template {
        parts = List.copyOf(parts);
    }

    /** Parses any text. */
    public static Template parse(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        String fault = null;
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith(ESCAPED, at)) {
                literal.append(OPEN);
                at += ESCAPED.length();
            } else if (text.startsWith(OPEN, at)) {
                int end = end(text, at + OPEN.length());
                String inner = end < 0 ? text.substring(at + OPEN.length()) : text.substring(at + OPEN.length(), end);
                Reference reference = end < 0 ? null : reference(inner);
                if (reference == null) {
                    fault = fault == null ? fault(inner, end >= 0) : fault;
                    literal.append(OPEN);
                    at += OPEN.length();
                } else {
                    flush(literal, parts);
                    parts.add(reference);
                    at = end + 1;
                }
            } else {
                literal.append(text.charAt(at++));
            }
        }
        flush(literal, parts);
        return new Template(parts, fault);
    }

    /** Whether the text is exactly {@code $(clientSecret)}. */
    static boolean isPlainSecret(String text) {
        return text.equals(OPEN + TemplateVariable.CLIENT_SECRET.camelCase() + ")");
    }

    /** Whether a value that is rendered from this template is secret. */
    boolean isSecret() {
        return uses(TemplateVariable.CLIENT_SECRET);
    }

    /** Whether a value that is rendered from this template depends on the variable. */
    boolean uses(TemplateVariable variable) {
        return parts.stream().anyMatch(part -> part instanceof Reference reference && reference.variable() == variable);
    }

    /** The value. */
    String render(Function<TemplateVariable, String> values) {
        StringBuilder rendered = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Literal(String text) -> rendered.append(text);
                case Reference(var function, var variable) -> rendered.append(function.apply(values.apply(variable)));
            }
        }
        return rendered.toString();
    }

    /** The value in parts, for a digest. A part that depends on the client secret is its reference, marked to differ from text. */
    List<String> publicParts(Function<TemplateVariable, String> values) {
        return parts.stream()
                .map(part -> switch (part) {
                    case Literal(String text) -> "=" + text;
                    case Reference reference ->
                        reference.variable() == TemplateVariable.CLIENT_SECRET
                                ? reference.toString()
                                : "=" + reference.function().apply(values.apply(reference.variable()));
                })
                .toList();
    }

    /** The bound of the value for any client, in bytes of UTF-8. */
    int maxBytes() {
        return parts.stream()
                .mapToInt(part -> switch (part) {
                    case Literal(String text) -> text.getBytes(UTF_8).length;
                    case Reference(var function, var variable) -> function.maxBytes(variable.maxBytes());
                })
                .sum();
    }

    /** The parenthesis that closes a reference, or -1. A reference has at most one inner pair. */
    private static int end(String text, int from) {
        int depth = 1;
        int last = Math.min(text.length(), from + LONGEST_REFERENCE);
        for (int i = from; i < last; i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable Reference reference(String inner) {
        int open = inner.indexOf('(');
        TemplateFunction function =
                open < 0 ? TemplateFunction.PLAIN : TemplateFunction.named(inner.substring(0, open));
        TemplateVariable variable =
                TemplateVariable.named(open < 0 ? inner : inner.substring(open + 1, inner.length() - 1));
        return function == null || variable == null || (open >= 0 && !inner.endsWith(")"))
                ? null
                : new Reference(function, variable);
    }

    private static String fault(String inner, boolean closed) {
        // A line break would forge a line in a log.
        String visible = inner.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", "?");
        String quoted = OPEN + Excerpt.of(visible, LONGEST_QUOTE) + (closed ? ")" : "");
        return closed
                ? "contains '" + quoted + "', which is no variable. Use a variable of the documentation,"
                        + " alone or in one of the functions json, base64 and urlencode. Write $$( for a literal $("
                : "contains '" + quoted + "' without its closing parenthesis. Close it, or write $$( for a literal $(";
    }

    private static void flush(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }
}
