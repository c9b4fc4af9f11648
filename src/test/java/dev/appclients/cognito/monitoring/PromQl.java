package dev.appclients.cognito.monitoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics and labels of an expression of Prometheus. Reads the simple expressions of this project; {@code promtool} checks their
 * syntax.
 *
 * @param selectors the metrics with their matchers
 * @param grouping the labels in {@code by}, {@code on}, {@code ignoring} and {@code without}
 */
record PromQl(List<Selector> selectors, Set<String> grouping) {

    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|on|ignoring|without|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern WITH_MATCHERS = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_]\\w*)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.$])[a-zA-Z_:][a-zA-Z0-9_:]*+(?!\\s*\\()");
    private static final Set<String> KEYWORDS =
            Set.of("and", "or", "unless", "by", "on", "ignoring", "without", "offset", "bool", "inf", "nan");

    /** One metric with its matchers. */
    record Selector(String metric, List<LabelMatcher> matchers) {

        /** Whether the matchers of this label admit the value. */
        boolean admits(String label, String value) {
            return matchers.stream()
                    .filter(matcher -> matcher.label().equals(label))
                    .allMatch(matcher -> matcher.admits(value));
        }
    }

    /** One matcher of a label. */
    record LabelMatcher(String label, String operator, String value) {

        boolean admits(String tried) {
            return switch (operator) {
                case "=" -> tried.equals(value);
                case "!=" -> !tried.equals(value);
                case "=~" -> tried.matches(value);
                default -> !tried.matches(value);
            };
        }
    }

    static PromQl of(String expression) {
        Set<String> grouping = new TreeSet<>();
        String rest = replaced(
                GROUPING,
                expression,
                group -> Arrays.stream(group.group(1).split(","))
                        .map(String::strip)
                        .filter(label -> !label.isEmpty())
                        .forEach(grouping::add));
        rest = RANGE.matcher(rest).replaceAll(" ");
        List<Selector> selectors = new ArrayList<>();
        rest = replaced(
                WITH_MATCHERS,
                rest,
                selector -> selectors.add(new Selector(
                        selector.group(1),
                        MATCHER.matcher(selector.group(2))
                                .results()
                                .map(each -> new LabelMatcher(each.group(1), each.group(2), each.group(3)))
                                .toList())));
        replaced(NAME, rest, name -> {
            if (!KEYWORDS.contains(name.group().toLowerCase(Locale.ROOT))) {
                selectors.add(new Selector(name.group(), List.of()));
            }
        });
        return new PromQl(selectors, grouping);
    }

    private static String replaced(Pattern pattern, String text, Consumer<Matcher> found) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder rest = new StringBuilder();
        while (matcher.find()) {
            found.accept(matcher);
            matcher.appendReplacement(rest, " ");
        }
        return matcher.appendTail(rest).toString();
    }

    /** Every label of the expression. */
    Set<String> labels() {
        Set<String> labels = new TreeSet<>(grouping);
        selectors.forEach(selector -> selector.matchers().forEach(matcher -> labels.add(matcher.label())));
        return labels;
    }
}
