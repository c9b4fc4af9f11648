package dev.appclients.cognito.soak;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Records every step with its result, in a file and in memory. */
final class OperationLog implements AutoCloseable {

    private final Path file;
    private final PrintWriter writer;
    private final Clock clock = Clock.systemUTC();
    private final Instant begun = clock.instant();
    private final List<String> lines = new ArrayList<>();

    OperationLog(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            writer = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Object what, String result) {
        String line = String.format(Locale.ROOT, "%s %s  %s", at(), what, result);
        synchronized (lines) {
            lines.add(line);
        }
        writer.println(line);
    }

    Duration elapsed() {
        return Duration.between(begun, clock.instant());
    }

    Path file() {
        return file;
    }

    /** The lines that contain this object's name. */
    List<String> about(String name) {
        synchronized (lines) {
            return lines.stream()
                    .filter(line -> line.contains(" " + name + " "))
                    .toList();
        }
    }

    String at() {
        Duration elapsed = elapsed();
        return String.format(
                Locale.ROOT, "%02d:%02d.%03d", elapsed.toMinutes(), elapsed.toSecondsPart(), elapsed.toMillisPart());
    }

    @Override
    public void close() {
        writer.close();
    }
}
