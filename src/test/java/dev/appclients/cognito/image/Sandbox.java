package dev.appclients.cognito.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Isolates a program in user, mount and process namespaces: a read-only root file system, a writable {@code /tmp}, the user of the
 * image, no capabilities. The network is that of this machine.
 *
 * @param root the root file system, with its mount points
 * @param tmp the directory of this machine that is {@code /tmp}
 * @param mounts directories of this machine, by their read-only mount points in the root
 */
record Sandbox(Path root, Path tmp, Map<String, Path> mounts) {

    /** The directories and files that a container runtime creates in the root file system before it mounts them. */
    private static final List<String> DIRECTORIES =
            List.of("proc", "sys", "dev", "tmp", "var/run/secrets/kubernetes.io/serviceaccount");

    private static final List<String> FILES = List.of("etc/hosts", "etc/resolv.conf");

    static void createMountPoints(Path root) throws IOException {
        for (String directory : DIRECTORIES) {
            Files.createDirectories(root.resolve(directory));
        }
        for (String name : FILES) {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
        }
    }

    /** The command that runs the program, on this machine. */
    List<String> command(List<String> program) {
        List<String> words = new ArrayList<>(namespaces(script()));
        words.add("sandbox");
        words.add(root.toAbsolutePath().toString());
        words.add(tmp.toAbsolutePath().toString());
        mounts.forEach((point, directory) ->
                words.addAll(List.of(directory.toAbsolutePath().toString(), point)));
        words.add("--");
        words.addAll(program);
        return words;
    }

    private static List<String> namespaces(String script) {
        return List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "/bin/sh",
                "-c",
                script);
    }

    /** The program among the processes of {@link #command}: signals go to it, because unshare does not forward them. */
    static Optional<ProcessHandle> program(ProcessHandle started) {
        return started.children().findFirst();
    }

    /** The reason why this machine cannot isolate programs; empty if it can. */
    static Optional<String> refusal() {
        String script = "mount -t tmpfs none /mnt && mount -t proc proc /proc && setpriv --no-new-privs unshare --user"
                + " --map-user=65532 --map-group=65532 true";
        try {
            Commands.output(namespaces(script));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static String script() {
        try (InputStream script = Sandbox.class.getResourceAsStream("/image/sandbox.sh")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("$USER_ID", Integer.toString(RootFilesystem.USER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
