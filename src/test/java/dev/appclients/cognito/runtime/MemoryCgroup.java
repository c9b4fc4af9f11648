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

/** Sets a memory limit like that of a container, with a cgroup v1. */
final class MemoryCgroup implements AutoCloseable {

    private static final Path ROOT = Path.of("/sys/fs/cgroup/memory");
    private static final String LIMIT = "memory.limit_in_bytes";

    private final Path directory;

    private MemoryCgroup(Path directory) {
        this.directory = directory;
    }

    /** Skips the test when this user cannot create a cgroup. */
    static MemoryCgroup of(long limit) {
        Assumptions.assumeTrue(
                Files.isWritable(ROOT.resolve("cgroup.procs")) && Files.exists(ROOT.resolve(LIMIT)),
                "needs a writable cgroup v1 of memory: " + ROOT);
        try {
            MemoryCgroup group = new MemoryCgroup(Files.createTempDirectory(ROOT, "cognito-client-operator-"));
            Files.writeString(group.directory.resolve(LIMIT), Long.toString(limit));
            return group;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Wraps the command so that it runs in the cgroup. */
    List<String> inside(List<String> command) {
        List<String> words = new ArrayList<>(
                List.of("/bin/sh", "-c", "echo $$ > " + directory.resolve("cgroup.procs") + "; exec \"$@\"", "sh"));
        words.addAll(command);
        return words;
    }

    /** Removes the cgroup as soon as its last process has ended. */
    @Override
    public void close() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            Files.delete(directory);
            return true;
        });
    }
}
