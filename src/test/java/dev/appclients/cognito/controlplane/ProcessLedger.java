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
 * A file of the processes that were started, so that another process can end exactly those. A process is told by its
 * pid and its start time: a pid alone may have gone to somebody else by then.
 */
public final class ProcessLedger {

    /** Start times are derived from the boot time, which two processes may round differently. */
    private static final Duration SAME_START = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path file;

    public ProcessLedger(Path file) {
        this.file = file;
    }

    /** One recorded process. */
    public record Entry(String name, long pid, Instant started) {

        /** Empty when it has ended, although its pid may be in use again. */
        public Optional<ProcessHandle> live() {
            return ProcessHandle.of(pid).filter(this::isSame).filter(handle -> handle.isAlive() && !isZombie());
        }

        private boolean isSame(ProcessHandle handle) {
            return handle.info()
                    .startInstant()
                    .map(start -> Duration.between(start, started).abs().compareTo(SAME_START) <= 0)
                    .orElse(false);
        }

        /** An ended process that its new parent has not collected still has a pid. */
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

    /** In the order in which they were started; none when there is no file. */
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

    /** Ends what is left of the recorded processes, the last started first, and returns the names of those that were alive. */
    public List<String> endAll() {
        List<String> ended = new ArrayList<>();
        for (Entry entry : entries().reversed()) {
            if (end(entry)) {
                ended.add(entry.name());
            }
        }
        return ended;
    }

    /** Asks it to stop, and forces it to after ten seconds. Returns whether it was alive. */
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
        } catch (ConditionTimeoutException stillThere) {
            return false;
        }
    }
}
