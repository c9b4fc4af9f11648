package dev.appclients.cognito.bench;

import static dev.appclients.cognito.bench.Figures.seconds;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Measures many new clients under the shipped share of Cognito's quotas: whether the process survives and serves others. */
final class ScaleWithQuotas {

    private static final Duration UNTIL_OTHERS_COME = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int OTHERS = 5;

    private final Bed bed;
    private final KubeApi kube;
    private final Clients clients;
    private final Report report;
    private final AuditLog audit;

    ScaleWithQuotas(Bed bed, KubeApi kube, Clients clients, Report report) {
        this.bed = bed;
        this.kube = kube;
        this.clients = clients;
        this.report = report;
        this.audit = new AuditLog(bed.plane().auditLog());
    }

    void measure(int count) {
        String name = "with quotas, " + count;
        OperatorLog log = bed.operatorLog();
        Pod pod = bed.startPod(Map.of("COGNITO_CLIENT_OPERATOR_DRIFT_CHECK_INTERVAL", "7d"));
        try {
            pod.awaitReady(PATIENCE);
            clients.useOneNamespace();
            clients.use(Pools.make(kube, bed.cognito(), count, Pools.Access.ALL, Pools.Domain.PREFIX));
            bed.cognito().quotas(true);
            bed.cognito().forgetCalls();
            audit.forget();
            flood(name, count);
        } finally {
            report.add(Figure.of(name + ": Ready by then", clients.readyCount(), "clients"));
            report.add(Figure.of(name + ": RSS at most", pod.peakRss(), "MiB"));
            report.add(Figures.leaseGap(name, audit.longestLeaseGap()));
            report.add(Figure.of(
                            name + ": throttle answers",
                            Figures.throttled(bed.cognito().calls()),
                            "")
                    .atMost(0));
            report.add(Figures.ends(name, pod.ends()));
            report.add(Figures.problems(name, log.problems(), 0));
        }
    }

    private void flood(String name, int count) {
        Cpu before = bed.cpu();
        long began = System.nanoTime();
        CompletableFuture<Void> applied = KubeApi.inBackground(() -> clients.apply(count));
        Awaitility.await()
                .pollInterval(Duration.ofSeconds(1))
                .atMost(UNTIL_OTHERS_COME.plusSeconds(120 + count / 10))
                .until(() -> applied.isDone() && System.nanoTime() - began >= UNTIL_OTHERS_COME.toNanos());
        applied.join();
        double[] others = IntStream.range(0, OTHERS)
                .mapToDouble(n -> seconds(clients.applyFirstOf("bench-other-" + n, PATIENCE)))
                .sorted()
                .toArray();
        report.add(Figure.of(name + ": another namespace's first client Ready after", others[OTHERS - 1], "s")
                .atMost(Aims.FIRST_OF_ANOTHER_NAMESPACE_SECONDS)
                .note("the worst of " + OTHERS + ", " + UNTIL_OTHERS_COME.toSeconds()
                        + " s or more after the first apply"));
        report.add(Figures.ratio(name, bed.cpu().minus(before)));
    }
}
