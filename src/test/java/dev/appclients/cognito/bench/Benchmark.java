package dev.appclients.cognito.bench;

import static dev.appclients.cognito.bench.Figures.seconds;

import dev.appclients.cognito.bench.Options.Part;
import dev.appclients.cognito.controlplane.Binaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Runs {@code make bench}, in the project directory. {@code src/docs/performance.md} explains the figures. */
public final class Benchmark {

    static final Map<String, String> WITHOUT_QUOTAS =
            Map.of("COGNITO_CLIENT_OPERATOR_QUOTAS", "false", "COGNITO_CLIENT_OPERATOR_DRIFT_CHECK_INTERVAL", "7d");
    private static final Map<String, String> WITH_ALL_OF_THE_QUOTAS =
            Map.of("COGNITO_CLIENT_OPERATOR_QUOTA_SHARE", "1.0", "COGNITO_CLIENT_OPERATOR_DRIFT_CHECK_INTERVAL", "7d");
    private static final double CREATES_PER_SECOND = 5;
    private static final int SLOW_AWS_MILLIS = 200;
    private static final Duration IDLE_FOR = Duration.ofSeconds(20);
    /** The parts that share a bed. */
    private static final Set<Part> SMALL =
            EnumSet.of(Part.START, Part.BATCHES, Part.LATENCY, Part.RESTART, Part.QUOTAS, Part.OUTAGE);

    private final Options options;
    private final Report report;
    private final Bed bed;
    private final KubeApi kube;
    private final Clients clients;
    private final AuditLog audit;

    private Benchmark(Options options, Report report, Bed bed, KubeApi kube, Clients clients) {
        this.options = options;
        this.report = report;
        this.bed = bed;
        this.kube = kube;
        this.clients = clients;
        this.audit = new AuditLog(bed.plane().auditLog());
    }

    public static void main(String[] words) throws IOException {
        try {
            run(Options.parse(words), Binaries.project().resolve("target/bench"));
        } catch (RuntimeException failed) {
            System.err.println("make bench: " + failed.getMessage()
                    + (failed.getCause() == null ? "" : "; cause: " + failed.getCause()));
            System.exit(1);
        }
    }

    private static void run(Options options, Path directory) throws IOException {
        Report report = new Report(options);
        if (options.parts().contains(Part.BUDGET)) {
            Budget.measure(report);
        }
        if (!options.parts().equals(EnumSet.of(Part.BUDGET))) {
            measureOnBeds(options, report, directory);
        }
        Path results = directory.resolve("results.json");
        report.write(results);
        System.out.printf(
                Locale.ROOT,
                "%nload at the end %.1f; %s; written to %s%n",
                Report.load(),
                report.isMissed() ? "some aims were missed" : "every aim was met",
                Binaries.project().relativize(results));
    }

    /** The measurement of a part. */
    private interface Measurement {
        void on(Bed bed, KubeApi kube, Clients clients);
    }

    private static void measureOnBeds(Options options, Report report, Path directory) throws IOException {
        MemoryCgroup.Place cgroups = MemoryCgroup.Place.find(options.memoryLimit());
        System.out.printf(
                Locale.ROOT,
                "%d processors, load %.1f; %s%n%n",
                Runtime.getRuntime().availableProcessors(),
                Report.load(),
                cgroups.description());
        Set<Part> parts = options.parts();
        if (!Collections.disjoint(parts, SMALL)) {
            onABed(
                    options,
                    cgroups,
                    directory.resolve("run"),
                    options.clients(),
                    (bed, kube, clients) -> new Benchmark(options, report, bed, kube, clients).measure());
        }
        if (parts.contains(Part.IMAGE)) {
            reported(
                    report, Part.IMAGE, () -> ImageStart.measure(options, report, directory.resolve("image"), cgroups));
        }
        if (parts.contains(Part.SCALE)) {
            int count = options.scaleClients();
            reported(
                    report,
                    Part.SCALE,
                    () -> onABed(
                            options,
                            cgroups,
                            directory.resolve("scale"),
                            count,
                            (bed, kube, clients) -> new Scale(bed, kube, clients, report, count).measure()));
        }
        if (parts.contains(Part.SCALE_QUOTAS)) {
            int count = options.scaleClients();
            reported(
                    report,
                    Part.SCALE_QUOTAS,
                    () -> onABed(
                            options,
                            cgroups,
                            directory.resolve("scale-quotas"),
                            count,
                            (bed, kube, clients) -> new ScaleWithQuotas(bed, kube, clients, report).measure(count)));
        }
        if (parts.contains(Part.COPIES)) {
            int count = options.copies();
            reported(
                    report,
                    Part.COPIES,
                    () -> onABed(options, cgroups, directory.resolve("copies"), 2 * count, (bed, kube, clients) -> {
                        try (Copies copies = new Copies(bed, kube, clients, report, count)) {
                            copies.measure();
                        }
                    }));
        }
        if (parts.contains(Part.REACTIONS)) {
            reported(
                    report,
                    Part.REACTIONS,
                    () -> onABed(options, cgroups, directory.resolve("reactions"), 2, (bed, kube, clients) -> {
                        try (Reactions reactions = new Reactions(bed, kube, clients, report)) {
                            reactions.measure();
                        }
                    }));
        }
        if (parts.contains(Part.ROTATION)) {
            reported(
                    report,
                    Part.ROTATION,
                    () -> onABed(options, cgroups, directory.resolve("rotation"), 1, (bed, kube, clients) -> {
                        try (Rotation rotation = new Rotation(bed, kube, clients, report)) {
                            rotation.measure();
                        }
                    }));
        }
        if (parts.contains(Part.FLOODS)) {
            reported(
                    report,
                    Part.FLOODS,
                    () -> onABed(
                            options,
                            cgroups,
                            directory.resolve("floods"),
                            options.floodClients(),
                            (bed, kube, clients) -> {
                                try (Floods floods = new Floods(bed, kube, clients, report, options)) {
                                    floods.measure();
                                }
                            }));
        }
    }

    /** Reports a part that fails as a missed figure. The figures of this part and of the others are still written. */
    private static void reported(Report report, Part part, Runnable measurement) {
        try {
            measurement.run();
        } catch (RuntimeException failed) {
            report.add(Figure.of(Options.word(part) + ": reached its end", 0, "")
                    .atLeast(1)
                    .note(String.valueOf(failed.getMessage()).replaceAll("\\s+", " ")));
        }
    }

    private static void onABed(
            Options options, MemoryCgroup.Place cgroups, Path directory, int count, Measurement measurement) {
        remove(directory);
        try (Bed bed = Bed.open(directory, count, options.jvm(), cgroups);
                KubeApi kube = new KubeApi(bed.plane().adminConfig());
                Clients clients = new Clients(kube, bed::hasOperator)) {
            bed.cognito().quotas(false);
            measurement.on(bed, kube, clients);
        }
    }

    private void measure() {
        if (has(Part.START)) {
            start();
        }
        if (has(Part.BATCHES) || has(Part.LATENCY) || has(Part.RESTART) || has(Part.QUOTAS) || has(Part.OUTAGE)) {
            bed.startOperator(WITHOUT_QUOTAS);
            makePools();
        }
        batches();
        latency();
        restart();
        if (has(Part.QUOTAS)) {
            quotas();
        }
        if (has(Part.OUTAGE)) {
            bed.startOperator(Map.of());
            bed.operator().awaitQuiet();
            new Outage(bed, clients, report).measure(options.clients(), options.outage());
        }
    }

    private void start() {
        double[] seconds = IntStream.range(0, options.starts())
                .mapToDouble(i -> seconds(bed.startOperator(WITHOUT_QUOTAS).startTook()))
                .sorted()
                .toArray();
        report.add(Figure.of("start until it watches, median of " + seconds.length, seconds[seconds.length / 2], "s")
                .atMost(1.5)
                .note(String.format(Locale.ROOT, "%.2f to %.2f", seconds[0], seconds[seconds.length - 1])));
        bed.operator().awaitQuiet();
        report.add(Figure.of(
                "CPU from the start until idle", seconds(bed.operator().cpu()), "s"));
        report.add(Figure.of("RSS idle, without clients", bed.operator().rss(), "MiB"));
        Cpu before = bed.cpu();
        Awaitility.await().pollDelay(IDLE_FOR).atMost(IDLE_FOR.multipliedBy(2)).until(() -> true);
        Cpu idle = bed.cpu().minus(before);
        report.add(Figure.of("CPU idle, in a minute", 60 * seconds(idle.operator()) / seconds(IDLE_FOR), "s"));
        report.add(Figures.ratio("idle", idle));
    }

    private void makePools() {
        clients.use(Pools.make(kube, bed.cognito(), options.clients(), Pools.Access.ALL, Pools.Domain.PREFIX));
        bed.operator().awaitQuiet();
    }

    private void batches() {
        if (!has(Part.BATCHES)) {
            return;
        }
        batch("cold", options.clients()).rate(report).cpu(report).lease(report);
        report.add(Figure.of(
                        "RSS at " + options.clients() + " clients",
                        bed.operator().rss(),
                        "MiB")
                .note(String.format(Locale.ROOT, "at most %.0f", bed.operator().peakRss())));
        clear();
        batch("warm", options.clients())
                .rate(report)
                .warmCpu(report)
                .lease(report)
                .requests(report);
        report.add(Figure.of("RSS after the warm batch", bed.operator().rss(), "MiB")
                .note(String.format(Locale.ROOT, "at most %.0f", bed.operator().peakRss())));
        clear();
    }

    private void latency() {
        if (!has(Part.LATENCY)) {
            return;
        }
        bed.cognito().latency(SLOW_AWS_MILLIS);
        batch("AWS takes " + SLOW_AWS_MILLIS + " ms", options.clients())
                .rate(report)
                .cpu(report)
                .requests(report);
        report.add(Figure.of("RSS after that", bed.operator().rss(), "MiB")
                .note(String.format(Locale.ROOT, "at most %.0f", bed.operator().peakRss())));
        bed.cognito().latency(0);
        if (!has(Part.RESTART)) {
            clear();
        }
    }

    /** Measures with Ready clients whose next drift check is hours away. */
    private void restart() {
        if (!has(Part.RESTART)) {
            return;
        }
        if (clients.readyCount() < options.clients()) {
            clients.applyAndAwaitReady(options.clients(), patience(options.clients()));
        }
        bed.stopOperator();
        bed.cognito().forgetCalls();
        audit.forget();
        Cpu before = bed.cpu();
        PackagedOperator operator = bed.startOperator(WITHOUT_QUOTAS);
        operator.awaitQuiet();
        String which = "restart with " + options.clients() + " Ready clients: ";
        report.add(Figure.of(which + "until it watches", seconds(operator.startTook()), "s"));
        Cpu cpu = bed.cpu().minus(before);
        report.add(Figure.of(which + "CPU until idle", seconds(cpu.operator()), "s"));
        report.add(Figures.ratio(which.replace(": ", ""), cpu));
        report.add(Figure.of(which + "AWS calls", Figures.sum(bed.cognito().calls()), "")
                .atMost(0)
                .note(bed.cognito().calls().toString()));
        report.add(Figure.of(which + "writes", writes(audit.requests()), "")
                .atMost(0)
                .note(audit.requests().toString()));
        report.add(Figure.of(which + "RSS", operator.rss(), "MiB"));
        clear();
    }

    private void quotas() {
        bed.startOperator(WITH_ALL_OF_THE_QUOTAS);
        bed.operator().awaitQuiet();
        bed.cognito().quotas(true);
        Batch batch = batch("within the quotas", options.quotaClients());
        double floor = options.quotaClients() / CREATES_PER_SECOND;
        report.add(Figure.of("within the quotas: time ÷ floor", batch.seconds() / floor, "")
                .atMost(1.05)
                .note(String.format(Locale.ROOT, "%.1f s for %d clients", batch.seconds(), options.quotaClients())));
        report.add(Figure.of("within the quotas: throttle answers", Figures.throttled(batch.calls()), "")
                .atMost(0));
        bed.cognito().quotas(false);
    }

    private Batch batch(String name, int count) {
        bed.cognito().forgetCalls();
        audit.forget();
        Cpu before = bed.cpu();
        Duration took = clients.applyAndAwaitReady(count, patience(count));
        bed.operator().awaitQuiet();
        Cpu cpu = bed.cpu().minus(before);
        Duration gap = audit.longestLeaseGap();
        return new Batch(
                name, count, took, cpu, gap, audit.requests(), bed.cognito().calls());
    }

    /** Also runs between two batches, so that each of them starts without clients. */
    private void clear() {
        clients.deleteAll();
        bed.operator().awaitQuiet();
    }

    private boolean has(Part part) {
        return options.parts().contains(part);
    }

    private static Duration patience(int count) {
        return Duration.ofSeconds(60 + count);
    }

    static int writes(Map<String, Integer> requests) {
        return requests.entrySet().stream()
                .filter(request -> request.getKey().matches("(create|update|patch|delete) (?!selfsubject).*"))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
