package dev.appclients.cognito.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Packs the chart with the changes of its version: {@code make chart}. The archive is in {@code target/chart}. */
public final class ChartPackage {

    private ChartPackage() {}

    /** Prints the archive. Runs in the root of the project. */
    public static void main(String... arguments) {
        System.out.println(pack(Path.of(arguments.length == 0 ? "target/chart" : arguments[0])));
    }

    /** Packs the chart of the working directory with Helm 3, and returns the archive. */
    public static Path pack(Path directory) {
        String version = ChartFiles.version();
        Path chart = directory.resolve("source").resolve("cognito-client-operator");
        try {
            delete(chart);
            copy(Path.of(ChartFiles.CHART), chart);
            String changes = Changes.of(Files.readString(Path.of("CHANGELOG.md")), version);
            Path file = chart.resolve("Chart.yaml");
            Files.writeString(file, Files.readString(file) + "  artifacthub.io/changes: |\n" + changes.indent(4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Helm.both()
                .getFirst()
                .run(null, List.of("package", chart.toString(), "--destination", directory.toString()))
                .orFail();
        return directory.resolve("cognito-client-operator-" + version + ".tgz");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Path target = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> tree = Files.walk(directory)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
