package dev.appclients.cognito.bench;

import static dev.appclients.cognito.bench.Figures.seconds;

import dev.appclients.cognito.image.UnpackedImage;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** The size of the image, and its start as in a pod: read-only, without capabilities, as its own user. */
final class ImageStart {

    private ImageStart() {}

    static void measure(Options options, Report report, Path directory, MemoryCgroup.Place cgroups) {
        UnpackedImage image = UnpackedImage.ofThisBuild();
        report.add(Figure.of("image: compressed size", image.compressedMebibytes(), "MiB")
                .atMost(Aims.IMAGE_MIB));
        Benchmark.remove(directory);
        try (Bed bed = Bed.open(image.launcher(directory), directory, 1, options.jvm(), cgroups)) {
            bed.cognito().quotas(false);
            double[] starts = IntStream.range(0, options.starts())
                    .mapToDouble(i ->
                            seconds(bed.startOperator(Benchmark.WITHOUT_QUOTAS).startTook()))
                    .sorted()
                    .toArray();
            bed.operator().awaitQuiet();
            report.add(Figure.of(
                            "image: start until it watches, median of " + starts.length, starts[starts.length / 2], "s")
                    .atMost(Aims.START_SECONDS));
            report.add(Figure.of("image: RSS idle", bed.operator().rss(), "MiB"));
        }
    }
}
