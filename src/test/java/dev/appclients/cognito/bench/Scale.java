package dev.appclients.cognito.bench;

import static dev.appclients.cognito.bench.Figures.seconds;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;

/** Measures many clients without quotas: the rate until Ready, the cost of a client, and the cost of a restart. */
final class Scale {

    /** Clients that are created and deleted before the measurement, so that loaded classes do not count as clients. */
    private static final int WARM_UP = 100;

    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final double KB = 1024;
    private static final double MIB = 1024 * KB;

    private final Bed bed;
    private final KubeApi kube;
    private final Clients clients;
    private final Report report;
    private final AuditLog audit;
    private final int count;
    private final String name;

    Scale(Bed bed, KubeApi kube, Clients clients, Report report, int count) {
        this.bed = bed;
        this.kube = kube;
        this.clients = clients;
        this.report = report;
        this.audit = new AuditLog(bed.plane().auditLog());
        this.count = count;
        this.name = "scale, " + count;
    }

    void measure() {
        OperatorLog log = bed.operatorLog();
        Pod pod = bed.startPod(Benchmark.WITHOUT_QUOTAS);
        try {
            pod.awaitReady(A_MINUTE);
            clients.use(Pools.make(kube, bed.cognito(), count, Pools.Access.ALL, Pools.Domain.PREFIX));
            double empty = withoutClients(pod);
            report.add(Figure.of(name + ": live heap without clients", empty / MIB, "MiB")
                    .note(WARM_UP + " were created and deleted before"));
            report.add(Figure.of(name + ": RSS without clients", pod.operator().rss(), "MiB"));
            apply(pod);
            report.add(live(pod, empty, ": live heap per client").atMost(Aims.LIVE_KB_PER_CLIENT));
            restart(pod);
            report.add(live(pod, empty, " after a restart: live heap per client"));
            idle(pod);
            delete(pod, empty);
        } finally {
            report.add(Figure.of(name + ": RSS at most", pod.peakRss(), "MiB"));
            report.add(Figures.ends(name, pod.ends()));
            report.add(Figures.problems(name, log.problems(), 0));
        }
    }

    /** Returns the live heap in bytes, after a few clients were created and deleted. */
    private double withoutClients(Pod pod) {
        clients.applyAndAwaitReady(WARM_UP, A_MINUTE);
        clients.deleteAll();
        pod.awaitQuiet(patience());
        return LiveHeap.bytes(pod.operator().pid());
    }

    private void apply(Pod pod) {
        audit.forget();
        bed.cognito().forgetCalls();
        Cpu before = bed.cpu();
        Duration ownBefore = ownCpu();
        Cpu[] half = {before};
        Duration took = clients.applyAndAwaitReady(count, patience(), () -> half[0] = bed.cpu());
        Duration own = ownCpu().minus(ownBefore);
        pod.awaitQuiet(patience());
        Cpu cpu = bed.cpu().minus(before);
        Duration gap = audit.longestLeaseGap();
        Batch batch = new Batch(
                name, count, took, cpu, gap, audit.requests(), bed.cognito().calls());
        batch.rate(report);
        report.add(Figure.of(
                        name + ": share of the ceiling",
                        cpu.shareOfCeiling(count, took, Runtime.getRuntime().availableProcessors()),
                        "")
                .atLeast(Aims.SHARE_OF_CEILING)
                .note(String.format(Locale.ROOT, "load side %.1f ms of CPU per client", seconds(own) * 1_000 / count)));
        report.add(Figure.of(name + ": CPU per client", seconds(cpu.operator()) * 1_000 / count, "ms")
                .atMost(Aims.CPU_MILLIS_PER_CLIENT));
        report.add(Figures.ratio(name, cpu));
        report.add(Figures.ratio(name + ", the second half", bed.cpu().minus(half[0]))
                .atMost(Aims.OP_TO_API_WARM));
        batch.lease(report).requests(report);
        report.add(Figure.of(name + ": RSS", pod.operator().rss(), "MiB"));
    }

    private Figure live(Pod pod, double empty, String what) {
        double live = LiveHeap.bytes(pod.operator().pid());
        return Figure.of(name + what, (live - empty) / KB / count, "KB")
                .note(String.format(Locale.ROOT, "%.1f MiB in all", live / MIB));
    }

    private void restart(Pod pod) {
        pod.stop();
        bed.cognito().forgetCalls();
        audit.forget();
        Cpu before = bed.cpu();
        long began = System.nanoTime();
        pod.start();
        pod.awaitReady(patience());
        String which = name + " existing, restart: ";
        report.add(Figure.of(which + "until it watches", seconds(pod.operator().startTook()), "s")
                .atMost(Aims.WATCHED_WITHIN_SECONDS));
        pod.awaitQuiet(patience());
        report.add(Figure.of(which + "until every client was passed", (System.nanoTime() - began) / 1e9, "s"));
        Cpu cpu = bed.cpu().minus(before);
        report.add(Figure.of(which + "CPU until idle", seconds(cpu.operator()), "s"));
        report.add(Figures.ratio(which.replace(": ", ""), cpu));
        report.add(Figure.of(which + "AWS calls", Figures.sum(bed.cognito().calls()), "")
                .atMost(0)
                .note(bed.cognito().calls().toString()));
        Map<String, Integer> requests = audit.requests();
        report.add(Figure.of(which + "writes", Benchmark.writes(requests), "")
                .atMost(0)
                .note(requests.toString()));
        report.add(Figures.leaseGap(which.replace(": ", ""), audit.longestLeaseGap()));
        report.add(Figure.of(which + "RSS", pod.operator().rss(), "MiB"));
    }

    private void idle(Pod pod) {
        pod.awaitQuiet(patience());
        Cpu before = bed.cpu();
        Awaitility.await().pollDelay(A_MINUTE).atMost(A_MINUTE.multipliedBy(2)).until(() -> true);
        Cpu cpu = bed.cpu().minus(before);
        report.add(Figure.of(name + ": CPU in an idle minute", seconds(cpu.operator()), "s")
                .atMost(Aims.IDLE_MINUTE_SECONDS));
        report.add(Figures.ratio(name + ", idle", cpu));
    }

    private void delete(Pod pod, double empty) {
        audit.forget();
        Cpu before = bed.cpu();
        long began = System.nanoTime();
        clients.deleteAll();
        report.add(Figure.of(name + ": deleted", count / ((System.nanoTime() - began) / 1e9), "clients/s"));
        pod.awaitQuiet(patience());
        report.add(Figures.ratio(name + ", deleted", bed.cpu().minus(before)));
        report.add(Figures.leaseGap(name + ", deleted", audit.longestLeaseGap()));
        // The restarted process has not created a client yet. The classes that a create loads belong to the empty heap.
        double left = withoutClients(pod);
        report.add(Figure.of(name + ", deleted: live heap above the empty one", (left - empty) / MIB, "MiB")
                .atMost(Aims.LIVE_LEFT_BEHIND_MIB)
                .note(String.format(Locale.ROOT, "%.1f MiB in all", left / MIB)));
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Assumes ten clients per second, which is slow. */
    private Duration patience() {
        return Duration.ofSeconds(120 + count / 10);
    }
}
