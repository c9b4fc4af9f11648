package dev.appclients.cognito.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A memory cgroup with a limit for one process, as a container has it. The kernel kills the process when it needs more. The group
 * is created below the group of this JVM, in version 1 or 2 of the interface. {@link #close} removes it once it is empty.
 */
public final class MemoryCgroup implements AutoCloseable {

    private static final String PREFIX = "bench-";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path directory;
    private final boolean first;

    private MemoryCgroup(Path directory, boolean first) {
        this.directory = directory;
        this.first = first;
    }

    /** The parents in which groups can be created, or the reason why there is none. */
    public static final class Place {

        private final AtomicInteger made = new AtomicInteger();
        private final List<Parent> parents;
        private final long bytes;
        private String refused;

        private record Parent(Path directory, boolean first) {}

        private Place(List<Parent> parents, int mebibytes, String refused) {
            this.parents = parents;
            this.bytes = (long) mebibytes << 20;
            this.refused = refused;
        }

        /**
         * Creates and removes one group, and removes the groups of killed runs.
         *
         * @param mebibytes the limit; 0 for no groups at all
         */
        public static Place find(int mebibytes) {
            if (mebibytes == 0) {
                return new Place(List.of(), 0, "none was requested");
            }
            Place place = new Place(parents(), mebibytes, "this machine has no memory cgroup");
            place.parents.forEach(parent -> removeStale(parent.directory()));
            MemoryCgroup tried = place.make();
            if (tried == null) {
                return new Place(List.of(), mebibytes, place.refused);
            }
            tried.close();
            return place;
        }

        boolean isUsable() {
            return !parents.isEmpty();
        }

        /** A sentence for the head of the report. */
        String description() {
            return isUsable()
                    ? "the operator runs in a memory cgroup of " + (bytes >> 20) + " MiB"
                    : "no memory cgroup limits the operator (" + refused + "): its RSS is sampled";
        }

        /** Creates a group. Returns null if that is not possible. */
        public @Nullable MemoryCgroup make() {
            for (Parent parent : parents) {
                String name = PREFIX + ProcessHandle.current().pid() + "-" + made.incrementAndGet();
                MemoryCgroup group = new MemoryCgroup(parent.directory().resolve(name), parent.first());
                try {
                    Files.createDirectory(group.directory);
                    Files.writeString(group.limitFile(), Long.toString(bytes));
                    return group;
                } catch (IOException e) {
                    refused = e.toString();
                    group.close();
                }
            }
            return null;
        }

        private static List<Parent> parents() {
            try {
                return Stream.concat(first(), second()).toList();
            } catch (IOException noProc) {
                return List.of();
            }
        }

        private static Stream<Parent> first() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                    .filter(line -> line.matches("\\d+:([^:]*,)?memory(,[^:]*)?:.*"))
                    .map(line -> line.substring(line.indexOf(':', line.indexOf(':') + 1) + 1))
                    .flatMap(group -> below(Path.of("/sys/fs/cgroup/memory"), group))
                    .map(directory -> new Parent(directory, true));
        }

        /** Version 2 allows no limited children of a group with processes. If no child can be created, a sibling is tried. */
        private static Stream<Parent> second() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                    .filter(line -> line.startsWith("0::"))
                    .map(line -> line.substring("0::".length()))
                    .flatMap(group -> Stream.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/unified"))
                            .flatMap(mount -> below(mount, group)
                                    .flatMap(own ->
                                            own.equals(mount) ? Stream.of(own) : Stream.of(own, own.getParent()))))
                    .filter(directory -> Files.exists(directory.resolve("cgroup.controllers")))
                    .map(directory -> new Parent(directory, false));
        }

        /** A container may see its own group as the root of the mount. */
        private static Stream<Path> below(Path mount, String group) {
            return Stream.of(mount.resolve(group.substring(1)), mount)
                    .map(Path::normalize)
                    .distinct()
                    .filter(Files::isWritable);
        }

        private static void removeStale(Path parent) {
            try (Stream<Path> children = Files.list(parent)) {
                children.filter(Place::isStale).forEach(child -> new MemoryCgroup(child, true).remove());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static boolean isStale(Path child) {
            String name = child.getFileName().toString();
            return name.matches(PREFIX + "\\d+-\\d+")
                    && ProcessHandle.of(Long.parseLong(name.split("-")[1])).isEmpty();
        }
    }

    /** The start of a command line that enters the group before it executes the rest. */
    public List<String> enter() {
        return List.of(
                "/bin/sh",
                "-c",
                "echo $$ > \"$0\" && exec \"$@\"",
                directory.resolve("cgroup.procs").toString());
    }

    /** The number of processes in the group that the kernel killed because of the limit. */
    long kills() {
        Path file = directory.resolve(first ? "memory.oom_control" : "memory.events");
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith("oom_kill "))
                    .mapToLong(line ->
                            Long.parseLong(line.substring("oom_kill ".length()).strip()))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path limitFile() {
        return directory.resolve(first ? "memory.limit_in_bytes" : "memory.max");
    }

    /** Removes the group after its last process was collected, which may take a moment. */
    @Override
    public void close() {
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(PATIENCE)
                    .until(this::remove);
        } catch (ConditionTimeoutException stays) {
            System.err.println("the memory cgroup " + directory + " is not empty and was not removed");
        }
    }

    private boolean remove() {
        try {
            Files.deleteIfExists(directory);
            return true;
        } catch (IOException notEmpty) {
            return false;
        }
    }
}
