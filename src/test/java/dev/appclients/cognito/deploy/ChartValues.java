package dev.appclients.cognito.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The values of the chart. {@code values.schema.json} is the only source: its descriptions and defaults become {@code values.yaml} and the
 * table in the chart's README.
 */
final class ChartValues {

    /** A value with a default. Its description is one paragraph. */
    record Value(String path, JsonNode schema) {
        JsonNode defaultValue() {
            return schema.path("default");
        }

        String description() {
            return schema.path("description").asText();
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9/_.-]*");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]+[A-Za-z]+");
    private static final Pattern OTHER_TYPE = Pattern.compile("(?i)true|false|null|yes|no|on|off|[0-9].*");
    private static final int WIDTH = 118;

    private final JsonNode schema;

    private ChartValues(JsonNode schema) {
        this.schema = schema;
    }

    static ChartValues of(Path chart) {
        try {
            return new ChartValues(JSON.readTree(Files.readString(chart.resolve("values.schema.json"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The root of the schema. */
    JsonNode schema() {
        return schema;
    }

    /** Every value with a default, in the order of the schema. */
    List<Value> all() {
        return values("", schema).toList();
    }

    private static Stream<Value> values(String prefix, JsonNode object) {
        return object.path("properties").properties().stream().flatMap(property -> {
            String path = prefix + property.getKey();
            JsonNode child = property.getValue();
            return child.has("default") ? Stream.of(new Value(path, child)) : values(path + ".", child);
        });
    }

    /** The text of {@code values.yaml}. */
    String yaml() {
        List<String> lines = new ArrayList<>(List.of(
                "# Generated from values.schema.json by `make generate`; do not edit.",
                "# Each comment describes the value below it."));
        write(schema, "", lines);
        return String.join("\n", lines) + "\n";
    }

    private static void write(JsonNode object, String indent, List<String> lines) {
        object.path("properties").properties().forEach(property -> {
            JsonNode child = property.getValue();
            boolean section = child.has("properties") && !child.has("default");
            if (!section && !child.has("default")) {
                return;
            }
            if (indent.isEmpty()) {
                lines.add("");
            }
            wrap(child.path("description").asText(), WIDTH - indent.length())
                    .forEach(line -> lines.add(indent + "# " + line));
            if (section) {
                lines.add(indent + property.getKey() + ":");
                write(child, indent + "  ", lines);
            } else {
                lines.add(indent + property.getKey() + ": " + flow(child.path("default")));
            }
        });
    }

    /** A value in YAML's flow style. */
    static String flow(JsonNode value) {
        if (value.isArray()) {
            return stream(value).map(ChartValues::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.isTextual() && !isPlain(value.asText()) ? value.toString() : value.asText();
    }

    private static boolean isPlain(String text) {
        return AMOUNT.matcher(text).matches()
                || PLAIN.matcher(text).matches() && !OTHER_TYPE.matcher(text).matches();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements.stream();
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : Arrays.asList(text.split(" "))) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** The rows of the table in the README. */
    String table() {
        return all().stream()
                .map(value ->
                        "| `%s` | `%s` | %s |".formatted(value.path(), flow(value.defaultValue()), value.description()))
                .collect(Collectors.joining("\n", "| value | default | meaning |\n| --- | --- | --- |\n", "\n"));
    }
}
