package dev.appclients.cognito.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of a run, as a table for people and as JSON for programs that compare runs. */
final class Report {

    private final Options options;
    private final String started = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    private final double loadBefore = load();
    private final List<Figure> figures = new ArrayList<>();

    Report(Options options) {
        this.options = options;
    }

    void add(Figure figure) {
        figures.add(figure);
        System.out.println(figure.line());
    }

    boolean isMissed() {
        return figures.stream().anyMatch(Figure::isMissed);
    }

    void write(Path file) throws IOException {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("started", started);
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("loadBefore", loadBefore);
        root.put("java", System.getProperty("java.vm.version"));
        root.put("clients", options.clients());
        root.put("moreJvmOptions", options.jvm());
        root.put("figures", figures);
        Files.createDirectories(file.getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), root);
    }

    /** The load of the machine. Other load makes every figure worse, so the report contains it. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
