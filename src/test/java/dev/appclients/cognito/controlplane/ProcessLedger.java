package dev.appclients.cognito.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Records started processes in a file, so that another process can end exactly these. Pid and start time identify a process,
 * because the system may reuse a pid.
 */
public final class ProcessLedger {

    /** Start times derive from the boot time, which two processes may round differently. */
    private static final Duration SAME_START = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path file;

    public ProcessLedger(Path file) {
        this.file = file;
    }

    /** One recorded process. */
    public record Entry(String name, long pid, Instant started) {

        /** Empty if the process has ended, even if the system has reused its pid. */
        public Optional<ProcessHandle> live() {
            return ProcessHandle.of(pid).filter(this::isSame).filter(handle -> handle.isAlive() && !isZombie());
        }

        private boolean isSame(ProcessHandle handle) {
            return handle.info()
                    .startInstant()
                    .map(start -> Duration.between(start, started).abs().compareTo(SAME_START) <= 0)
                    .orElse(false);
        }

        /** Whether the process has ended, and its parent has not collected it yet. */
        private boolean isZombie() {
            Path stat = Path.of("/proc", Long.toString(pid), "stat");
            try {
                String line = Files.readString(stat);
                return line.startsWith(" Z", line.lastIndexOf(')') + 1);
            } catch (IOException gone) {
                return false;
            }
        }
    }

    public synchronized void add(String name, ProcessHandle process) {
        Instant started = process.info().startInstant().orElse(Instant.EPOCH);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    process.pid() + "\t" + started.toEpochMilli() + "\t" + name + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The newest entry of that name. */
    public Optional<Entry> find(String name) {
        return entries().stream().filter(entry -> entry.name().equals(name)).reduce((older, newer) -> newer);
    }

    /** The entries in the order of their starts. Empty if there is no file. */
    public synchronized List<Entry> entries() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<Entry> entries = new ArrayList<>();
            for (String line : Files.readAllLines(file, UTF_8)) {
                String[] fields = line.split("\t", 3);
                entries.add(new Entry(
                        fields[2], Long.parseLong(fields[0]), Instant.ofEpochMilli(Long.parseLong(fields[1]))));
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the recorded processes that still run, the last started first. Returns their names. */
    public List<String> endAll() {
        List<String> ended = new ArrayList<>();
        for (Entry entry : entries().reversed()) {
            if (end(entry)) {
                ended.add(entry.name());
            }
        }
        return ended;
    }

    /** Terminates a process, and kills it after ten seconds. Returns whether it was running. */
    public boolean end(Entry entry) {
        Optional<ProcessHandle> live = entry.live();
        live.ifPresent(handle -> {
            handle.destroy();
            if (!endsInTime(entry)) {
                handle.destroyForcibly();
                endsInTime(entry);
            }
        });
        return live.isPresent();
    }

    private static boolean endsInTime(Entry entry) {
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(PATIENCE)
                    .until(() -> entry.live().isEmpty());
            return true;
        } catch (ConditionTimeoutException stillRunning) {
            return false;
        }
    }
}
