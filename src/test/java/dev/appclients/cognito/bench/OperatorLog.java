package dev.appclients.cognito.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the common log of the operator's processes, one JSON object per line. */
final class OperatorLog {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 3;
    private static final int TAIL = 5;
    private static final int LONGEST = 300;

    private final Path file;
    private long position;

    OperatorLog(Path file) {
        this.file = file;
        forget();
    }

    /**
     * Warnings and errors.
     *
     * @param expected expected warnings of the flood
     * @param warnings other warnings
     * @param errors level ERROR or higher, and lines that are not from the operator's logger, such as those of the JVM
     * @param first the first other warnings and errors, for people
     */
    record Problems(int expected, int warnings, int errors, List<String> first) {}

    /** Ignores all lines so far. */
    void forget() {
        try {
            position = Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The warnings and errors since {@link #forget}. */
    Problems problems() {
        return problems("");
    }

    /**
     * The warnings and errors since {@link #forget}.
     *
     * @param expected the start of the messages of expected warnings; empty for none
     */
    Problems problems(String expected) {
        int[] counts = new int[3];
        List<String> first = new ArrayList<>();
        for (String line : lines()) {
            String level = level(line);
            boolean warning = level.equals("WARN") || level.equals("WARNING");
            boolean error = List.of("ERROR", "FATAL", "SEVERE", "").contains(level);
            boolean must = warning && !expected.isEmpty() && message(line).startsWith(expected);
            counts[0] += must ? 1 : 0;
            counts[1] += warning && !must ? 1 : 0;
            counts[2] += error ? 1 : 0;
            if ((warning && !must || error) && first.size() < SHOWN) {
                first.add(shown(line));
            }
        }
        return new Problems(counts[0], counts[1], counts[2], first);
    }

    /** The last lines since {@link #forget}, joined. */
    String tail() {
        List<String> lines = lines();
        return String.join(
                " | ",
                lines.subList(Math.max(0, lines.size() - TAIL), lines.size()).stream()
                        .map(OperatorLog::shown)
                        .toList());
    }

    private List<String> lines() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (FileChannel channel = FileChannel.open(file).position(position);
                BufferedReader reader = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns an empty level for a line that the operator's logger did not write. The JVM's notes about its options and its AOT cache
     * do not count: they depend on the machine and occur at every start.
     */
    private static String level(String line) {
        if (line.startsWith("NOTE: Picked up ") || line.contains("][warning][aot")) {
            return "INFO";
        }
        return parse(line).path("level").asText();
    }

    private static String message(String line) {
        return parse(line).path("message").asText();
    }

    private static String shown(String line) {
        String text = parse(line).isMissingNode() ? line : level(line) + " " + message(line);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static JsonNode parse(String line) {
        if (line.startsWith("{")) {
            try {
                return JSON.readTree(line);
            } catch (JsonProcessingException halfALine) {
                return JSON.missingNode();
            }
        }
        return JSON.missingNode();
    }
}
