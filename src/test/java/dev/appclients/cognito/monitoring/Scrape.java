package dev.appclients.cognito.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The series of one scrape, in Prometheus' text format. */
record Scrape(List<Series> series) {

    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    /** One line. */
    record Series(String name, Map<String, String> labels, double value) {}

    static Scrape of(String text) {
        List<Series> series = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new AssertionError("not a line of a scrape: " + line);
            }
            Map<String, String> labels = new TreeMap<>();
            if (matcher.group(2) != null) {
                LABEL.matcher(matcher.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
            }
            series.add(new Series(matcher.group(1), labels, number(matcher.group(3))));
        }
        return new Scrape(series);
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    Set<String> names() {
        return series.stream().map(Series::name).collect(Collectors.toCollection(TreeSet::new));
    }

    List<Series> of(String name, Map<String, String> labels) {
        return series.stream()
                .filter(each ->
                        each.name().equals(name) && each.labels().entrySet().containsAll(labels.entrySet()))
                .toList();
    }

    /** The sum of the series with these labels; 0 without one. */
    double sum(String name, Map<String, String> labels) {
        return of(name, labels).stream().mapToDouble(Series::value).sum();
    }

    /** The names of the labels of all series of this name. */
    Set<String> labels(String name) {
        return of(name, Map.of()).stream()
                .flatMap(each -> each.labels().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
