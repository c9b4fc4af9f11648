package dev.appclients.cognito.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The chart of the commit before the last one that changed it. */
final class PreviousChart {

    /** Packed from the first version of the chart, for a clone without that commit. */
    private static final Path FIRST = Path.of("src/test/resources/charts/first.tgz");

    private PreviousChart() {}

    /** The directory or the archive of the chart. */
    static Path find(Path directory) {
        List<String> commits = git("git rev-list --max-count=2 HEAD -- " + ChartFiles.CHART)
                .lines()
                .toList();
        if (commits.size() < 2) {
            return FIRST;
        }
        Path target = directory.resolve("previous");
        git("mkdir -p " + target + " && git archive " + commits.getLast() + " " + ChartFiles.CHART + " | tar -x -C "
                + target);
        Path chart = target.resolve(ChartFiles.CHART);
        return Files.exists(chart.resolve("Chart.yaml")) ? chart : FIRST;
    }

    /** The output, which is empty without git or outside a clone. */
    private static String git(String line) {
        try {
            Process process = new ProcessBuilder("bash", "-o", "pipefail", "-c", line)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
