package dev.appclients.cognito.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A snapshot of the etcd of a control plane. By default it is a copy of the data while etcd stands still, as a snapshot of its volume is.
 * With the system property {@code etcd.tools}, the directory of etcdctl and etcdutl, these two save and restore it.
 */
final class EtcdSnapshot {

    private static final String TOOLS = System.getProperty("etcd.tools", "");

    private final Path saved;

    private EtcdSnapshot(Path saved) {
        this.saved = saved;
    }

    /** @param running the directory of the control plane */
    static EtcdSnapshot of(Path running, Path target) {
        ProcessHandle etcd = etcd(running.toAbsolutePath().resolve("etcd"));
        if (!TOOLS.isEmpty()) {
            run(
                    TOOLS + "/etcdctl",
                    "--endpoints=" + argument(etcd, "--advertise-client-urls="),
                    "snapshot",
                    "save",
                    target + ".db");
            return new EtcdSnapshot(Path.of(target + ".db"));
        }
        run("kill", "-STOP", Long.toString(etcd.pid()));
        try {
            copy(running.resolve("etcd"), target);
        } finally {
            run("kill", "-CONT", Long.toString(etcd.pid()));
        }
        return new EtcdSnapshot(target);
    }

    /** Writes the data for a control plane that starts in this directory. */
    void restoreTo(Path directory) {
        Path data = directory.resolve("etcd");
        if (TOOLS.isEmpty()) {
            copy(saved, data);
        } else {
            run(
                    TOOLS + "/etcdutl",
                    "snapshot",
                    "restore",
                    saved.toString(),
                    "--data-dir=" + data,
                    "--name=local",
                    "--initial-cluster=local=http://127.0.0.1:2380",
                    "--initial-advertise-peer-urls=http://127.0.0.1:2380",
                    // The watches of clients that knew later revisions start again.
                    "--bump-revision=1000000000",
                    "--mark-compacted");
        }
    }

    private static ProcessHandle etcd(Path data) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().arguments().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(("--data-dir=" + data)::equals))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no etcd runs on " + data));
    }

    private static String argument(ProcessHandle process, String name) {
        return Arrays.stream(process.info().arguments().orElseThrow())
                .filter(argument -> argument.startsWith(name))
                .map(argument -> argument.substring(name.length()))
                .findFirst()
                .orElseThrow();
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... command) {
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(List.of(command) + " ended with code " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
