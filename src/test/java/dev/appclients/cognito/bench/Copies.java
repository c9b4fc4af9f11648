package dev.appclients.cognito.bench;

import static dev.appclients.cognito.bench.Figures.seconds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Measures copies of Secrets: one client that pushes to many namespaces, a changed value, a restart, a namespace whose webhook does not
 * answer, and as many clients with ten requested copies each.
 */
final class Copies implements AutoCloseable {

    private static final int COPIES_OF_EACH = 10;
    private static final String CLAIMS = "/apis/cognito.appclients.dev/v1beta1/clientsecretclaims";
    private static final String COPY = "labelSelector=cognito.appclients.dev/claim-uid";
    private static final String WEBHOOK =
            "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/bench-silent";
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final double KB = 1024;
    private static final double MIB = 1024 * KB;

    private final Bed bed;
    private final KubeApi kube;
    private final Clients clients;
    private final Report report;
    private final AuditLog audit;
    private final int count;
    private final Pod pod;
    private final Follower<String> copies;
    private final Follower<Boolean> claims;

    /** @param count the namespaces, and the clients with {@value #COPIES_OF_EACH} copies each */
    Copies(Bed bed, KubeApi kube, Clients clients, Report report, int count) {
        this.bed = bed;
        this.kube = kube;
        this.clients = clients;
        this.report = report;
        this.count = count;
        audit = new AuditLog(bed.plane().auditLog());
        pod = bed.startPod(Benchmark.WITHOUT_QUOTAS);
        copies = new Follower<>(
                kube,
                "/api/v1/secrets",
                COPY,
                secret -> secret.at("/data/redirect-uri").asText().intern(),
                copy -> true);
        claims = new Follower<>(kube, CLAIMS, "", claim -> Clients.isReady(claim), ready -> ready);
    }

    void measure() {
        OperatorLog log = bed.operatorLog();
        try {
            pod.awaitReady(A_MINUTE);
            clients.use(Pools.make(kube, bed.cognito(), count, Pools.Access.ALL, Pools.Domain.PREFIX));
            KubeApi.each(count, i -> kube.apply("/api/v1/namespaces/" + target(i), """
                    {apiVersion: v1, kind: Namespace, metadata: {name: %s, labels: {bench.example.com/copies: "yes"}}}
                    """.formatted(target(i))));
            warmUp();
            push();
            restart();
            silentWebhook();
            remove();
            request();
        } finally {
            report.add(Figure.of("copies: RSS at most", pod.peakRss(), "MiB"));
            report.add(Figures.ends("copies", pod.ends()));
            report.add(Figures.problems("copies", log.problems(), 0));
        }
    }

    /** Loads the classes that a copy needs, so that they do not count as copies. */
    private void warmUp() {
        applyHub("warm-up", target(0), "https://hub.example.com/callback");
        await(copies, 1);
        await(claims, 1);
        remove();
    }

    private void push() {
        double empty = LiveHeap.bytes(pod.operator().pid());
        String name = "copies, 1 client to " + count;
        Measured made = measured(() -> {
            applyHub("hub", null, "https://hub.example.com/callback");
            await(copies, count);
            await(claims, count);
        });
        rate(name, made, count);
        requests(name, made, count, 3, 0);
        double live = LiveHeap.bytes(pod.operator().pid());
        report.add(Figure.of(name + ": live heap per copy", (live - empty) / KB / count, "KB")
                .atMost(Aims.LIVE_KB_PER_COPY)
                .note("claim and Secret; %.1f MiB in all".formatted(live / MIB)));
        Measured changed = measured(() -> change("https://hub.example.com/callback/2"));
        String again = name + ", changed value";
        report.add(Figure.of(again + ": until the last copy has it", changed.seconds(), "s")
                .atMost(Aims.CHANGED_VALUE_SECONDS * Math.max(1, count / 1_000.0)));
        requests(again, changed, count, 1, 1);
    }

    private void change(String callback) {
        applyHub("hub", null, callback);
        String encoded = encoded(callback);
        if (!copies.awaitCount(encoded::equals, count, patience(), bed::requireOperator)) {
            throw new IllegalStateException(copies.count(encoded::equals) + " of " + count + " copies have the value");
        }
    }

    private void restart() {
        pod.stop();
        bed.cognito().forgetCalls();
        audit.forget();
        pod.start();
        pod.awaitReady(patience());
        pod.awaitQuiet(patience());
        Map<String, Integer> requests = audit.requests();
        report.add(Figure.of("copies, restart with " + count + ": writes", Benchmark.writes(requests), "")
                .atMost(0)
                .note(requests.toString()));
        report.add(Figure.of("copies, restart: reads", these(requests, "get (?!customresourcedefinitions).*"), "")
                .atMost(0));
        report.add(Figure.of(
                        "copies, restart: AWS calls", Figures.sum(bed.cognito().calls()), "")
                .atMost(0));
        report.add(Figures.leaseGap("copies, restart", audit.longestLeaseGap()));
    }

    /** A webhook that accepts connections and never answers refuses every write in one namespace after ten seconds. */
    private void silentWebhook() {
        double without =
                measured(() -> change("https://hub.example.com/callback/3")).seconds();
        try (ServerSocket silent = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
            kube.apply(WEBHOOK, """
                            apiVersion: admissionregistration.k8s.io/v1
                            kind: ValidatingWebhookConfiguration
                            metadata: {name: bench-silent}
                            webhooks:
                              - name: silent.bench.example.com
                                clientConfig: {url: "https://127.0.0.1:%d/"}
                                timeoutSeconds: 10
                                failurePolicy: Fail
                                sideEffects: None
                                admissionReviewVersions: [v1]
                                namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}}
                                rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [secrets]}]
                            """.formatted(silent.getLocalPort(), target(0))).join();
            String callback = "https://hub.example.com/callback/4";
            Measured with = measured(() -> {
                applyHub("hub", null, callback);
                String encoded = encoded(callback);
                copies.awaitCount(encoded::equals, count - 1, patience(), bed::requireOperator);
            });
            report.add(Figure.of(
                            "copies, a silent webhook in one namespace: until the others have the value",
                            with.seconds(),
                            "s")
                    .note("without it %.1f s".formatted(without)));
            report.add(Figures.leaseGap("copies, a silent webhook", with.leaseGap()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            kube.delete(WEBHOOK).join();
        }
    }

    /** Deletes the pushing client: its claims and copies go. */
    private void remove() {
        kube.delete("/apis/cognito.appclients.dev/v1beta1/namespaces/bench-0/userpoolclients")
                .join();
        Duration patience = patience();
        if (!claims.awaitEmpty(patience, bed::requireOperator) || !copies.awaitEmpty(patience, bed::requireOperator)) {
            throw new IllegalStateException(claims.size() + " claims and " + copies.size() + " copies are left");
        }
        pod.awaitQuiet(patience);
    }

    private void request() {
        int all = count * COPIES_OF_EACH;
        double empty = LiveHeap.bytes(pod.operator().pid());
        clients.share();
        clients.applyAndAwaitReady(count, patience());
        pod.awaitQuiet(patience());
        double before = LiveHeap.bytes(pod.operator().pid());
        String name = "copies, " + count + " clients to " + COPIES_OF_EACH + " each";
        Measured made = measured(() -> {
            KubeApi.each(all, this::claim);
            await(copies, all);
            await(claims, all);
        });
        rate(name, made, all);
        requests(name, made, all, 2, 1);
        double live = LiveHeap.bytes(pod.operator().pid());
        report.add(Figure.of(name + ": live heap per copy", (live - before) / KB / all, "KB")
                .atMost(Aims.LIVE_KB_PER_COPY)
                .note("%.1f KB per client, %.1f MiB in all".formatted((before - empty) / KB / count, live / MIB)));
    }

    private CompletableFuture<Void> claim(int i) {
        int client = i / COPIES_OF_EACH;
        String namespace = target(i % count);
        return kube.apply(
                "/apis/cognito.appclients.dev/v1beta1/namespaces/" + namespace + "/clientsecretclaims/web-" + client,
                """
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClientSecretClaim
                metadata: {name: web-%1$d, namespace: %2$s}
                spec: {clientRef: {namespace: %3$s, name: web-%1$d}}
                """.formatted(client, namespace, Clients.namespaceOf(client)));
    }

    private void applyHub(String name, @Nullable String only, String callback) {
        String selection = only == null
                ? "{from: Selector, selector: {matchLabels: {bench.example.com/copies: \"yes\"}}}"
                : "{from: Names, names: [" + only + "]}";
        kube.apply("/apis/cognito.appclients.dev/v1beta1/namespaces/bench-0/userpoolclients/" + name, """
                        apiVersion: cognito.appclients.dev/v1beta1
                        kind: UserPoolClient
                        metadata: {name: %s, namespace: bench-0}
                        spec:
                          userPoolRef: {name: bench-0}
                          appType: Confidential
                          allowedOAuthFlows: [code]
                          allowedOAuthScopes: [openid, email]
                          callbackURLs: ["%s"]
                          sharing: {namespaces: %s, push: {secret: {name: hub-oidc}}}
                        """.formatted(
                                name, callback, selection))
                .join();
    }

    private record Measured(
            double seconds, Cpu cpu, Duration leaseGap, Map<String, Integer> requests, Map<String, Integer> calls) {}

    private Measured measured(Runnable work) {
        audit.forget();
        bed.cognito().forgetCalls();
        Cpu before = bed.cpu();
        long began = System.nanoTime();
        work.run();
        double took = (System.nanoTime() - began) / 1e9;
        pod.awaitQuiet(patience());
        return new Measured(
                took,
                bed.cpu().minus(before),
                audit.longestLeaseGap(),
                audit.requests(),
                bed.cognito().calls());
    }

    private void rate(String name, Measured made, int all) {
        report.add(
                Figure.of(name + ": rate", all / made.seconds(), "copies/s").note("%.1f s".formatted(made.seconds())));
        report.add(Figure.of(
                name + ": CPU of the operator per copy", seconds(made.cpu().operator()) * 1_000 / all, "ms"));
        report.add(Figure.of(
                name + ": CPU of the API server per copy", seconds(made.cpu().apiServer()) * 1_000 / all, "ms"));
        report.add(Figures.leaseGap(name, made.leaseGap()));
        // The client itself costs one call, and its requested copies none.
        report.add(Figure.of(name + ": AWS calls", Figures.sum(made.calls()), "")
                .atMost(1)
                .note(made.calls().toString()));
    }

    /** @param reads the reads of Secrets in a burst */
    private void requests(String name, Measured made, int all, double writes, int reads) {
        String kinds = " (secrets|clientsecretclaims).*";
        Map<String, Integer> seen = new TreeMap<>(made.requests());
        report.add(Figure.of(
                        name + ": writes per copy",
                        these(seen, "(create|update|patch|delete)" + kinds) / (double) all,
                        "")
                .atMost(writes + 0.02)
                .note(seen.toString()));
        Figure read = Figure.of(name + ": reads", these(seen, "get" + kinds), "");
        // A client's claims may arrive in more than one burst.
        report.add(reads == 0 ? read : read.atMost(all == count ? reads + 1 : 1.1 * count));
    }

    private static int these(Map<String, Integer> requests, String pattern) {
        return requests.entrySet().stream()
                .filter(request -> request.getKey().matches(pattern))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private void await(Follower<?> follower, int wanted) {
        if (!follower.awaitCount(wanted, patience(), bed::requireOperator)) {
            throw new IllegalStateException(
                    "only " + follower.count() + " of " + wanted + "; " + claims.count() + " claims are Ready");
        }
    }

    private static String target(int n) {
        return "copy-" + n;
    }

    private static String encoded(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private Duration patience() {
        return Duration.ofSeconds(180 + count / 2);
    }

    @Override
    public void close() {
        copies.close();
        claims.close();
    }
}
