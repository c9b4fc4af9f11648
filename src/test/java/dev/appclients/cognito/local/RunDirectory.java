package dev.appclients.cognito.local;

import dev.appclients.cognito.controlplane.ControlPlane;
import dev.appclients.cognito.controlplane.ProcessLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code target/run}: the files that one {@code make} target leaves for the next. */
record RunDirectory(Path project) {

    static final String OPERATOR = "operator";
    static final String SIMULATOR = "simulator";

    Path root() {
        return project.resolve("target/run");
    }

    Path controlPlane() {
        return root().resolve("control-plane");
    }

    Path kubeconfig() {
        return root().resolve("kubeconfig");
    }

    Path operatorKubeconfig() {
        return root().resolve("operator.kubeconfig");
    }

    Path log(String process) {
        return root().resolve(process + ".log");
    }

    Path simulatorUrl() {
        return root().resolve("simulator.url");
    }

    Path env() {
        return root().resolve("env");
    }

    ProcessLedger processes() {
        return new ProcessLedger(root().resolve("processes"));
    }

    ProcessLedger controlPlaneProcesses() {
        return ControlPlane.ledger(controlPlane());
    }

    boolean isLive(String process) {
        return processes().find(process).flatMap(ProcessLedger.Entry::live).isPresent();
    }

    boolean controlPlaneIsLive() {
        var entries = controlPlaneProcesses().entries();
        return !entries.isEmpty()
                && entries.stream().allMatch(entry -> entry.live().isPresent());
    }

    /** The port of the last operator. The next one reuses it, so that bookmarks and scrapers stay valid. */
    Optional<Integer> operatorPort() {
        return read(root().resolve("operator.port")).map(Integer::valueOf);
    }

    void keepOperatorPort(int port) {
        write(root().resolve("operator.port"), Integer.toString(port));
    }

    Optional<String> readSimulatorUrl() {
        return read(simulatorUrl());
    }

    /** Writes shell syntax with quoted values. */
    void writeEnv(Map<String, String> values, Path binaries) {
        Map<String, String> quoted = new LinkedHashMap<>();
        values.forEach((name, value) -> quoted.put(name, quote(value)));
        quoted.put("PATH", quote(binaries.toString()) + ":\"$PATH\"");
        write(
                env(),
                quoted.entrySet().stream()
                        .map(entry -> "export " + entry.getKey() + "=" + entry.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    /** Deletes the files of an earlier run and creates the directory. */
    void renew() {
        try {
            if (Files.exists(root())) {
                try (Stream<Path> tree = Files.walk(root())) {
                    for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            Files.createDirectories(root());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the records of stopped processes and keeps their logs. */
    void forgetProcesses() {
        try {
            Files.deleteIfExists(root().resolve("processes"));
            Files.deleteIfExists(controlPlane().resolve("processes"));
            Files.deleteIfExists(env());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quote(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes by rename, so that a shell never sources an incomplete file. */
    private static void write(Path file, String text) {
        try {
            Path complete = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
            Files.move(complete, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
