package dev.appclients.cognito.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A memory limit as a container has it, by a cgroup of version 1. */
final class MemoryCgroup implements AutoCloseable {

    private static final Path ROOT = Path.of("/sys/fs/cgroup/memory");
    private static final String LIMIT = "memory.limit_in_bytes";

    private final Path directory;

    private MemoryCgroup(Path directory) {
        this.directory = directory;
    }

    /** Skips the test where this user cannot make one. */
    static MemoryCgroup of(long limit) {
        Assumptions.assumeTrue(
                Files.isWritable(ROOT.resolve("cgroup.procs")) && Files.exists(ROOT.resolve(LIMIT)),
                "needs a memory cgroup of version 1 that this user may write: " + ROOT);
        try {
            MemoryCgroup group = new MemoryCgroup(Files.createTempDirectory(ROOT, "cognito-client-operator-"));
            Files.writeString(group.directory.resolve(LIMIT), Long.toString(limit));
            return group;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same command inside. */
    List<String> inside(List<String> command) {
        List<String> words = new ArrayList<>(
                List.of("/bin/sh", "-c", "echo $$ > " + directory.resolve("cgroup.procs") + "; exec \"$@\"", "sh"));
        words.addAll(command);
        return words;
    }

    /** Removes it as soon as its last process is gone. */
    @Override
    public void close() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> {
            Files.delete(directory);
            return true;
        });
    }
}
