package dev.appclients.cognito.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bytes of a JVM's heap that are alive after a full collection, as {@code jcmd} reports them. */
final class LiveHeap {

    private static final Pattern ROW = Pattern.compile("^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private LiveHeap() {}

    /** Collects twice: finalizers and cleaners run after the first collection. */
    static long bytes(long pid) {
        jcmd(pid, "GC.run");
        return parse(jcmd(pid, "GC.class_histogram"));
    }

    /** The serial collector fills gaps with objects that nothing refers to. The histogram lists these, so they are subtracted. */
    static long parse(String histogram) {
        long live = histogram
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .filter(row -> !row.group(2).contains("jdk.internal.vm.Filler"))
                .mapToLong(row -> Long.parseLong(row.group(1)))
                .sum();
        if (live == 0) {
            throw new IllegalStateException("jcmd printed no histogram: " + histogram.strip());
        }
        return live;
    }

    /** Writes the output to a file: a process that inspects itself cannot read a pipe meanwhile. */
    private static String jcmd(long pid, String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Path output = Files.createTempFile("bench-jcmd", ".txt");
            try {
                Process process = new ProcessBuilder(jcmd, "-J-XX:+UseSerialGC", Long.toString(pid), command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException(
                            "jcmd " + command + " had no answer after " + PATIENCE.toSeconds() + " s");
                }
                if (process.exitValue() != 0) {
                    throw new IllegalStateException("jcmd " + command + " failed: "
                            + Files.readString(output).strip());
                }
                return Files.readString(output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
