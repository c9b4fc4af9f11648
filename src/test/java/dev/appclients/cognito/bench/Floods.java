package dev.appclients.cognito.bench;

import static dev.appclients.cognito.bench.Figures.seconds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.appclients.cognito.bench.Inventory.Expectation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;

/**
 * Events that make the operator work on every client at once, one after another with the same clients. Each flood is judged by the
 * lease, the log, the time until the operator is idle, and by lost or wrong objects.
 */
final class Floods implements AutoCloseable {

    private static final Duration API_SERVER_AWAY = Duration.ofMinutes(2);
    /** A process that waited for the API server may still end after the API server is back. */
    private static final Duration AFTERMATH = Duration.ofSeconds(30);

    private static final String NOT_ALLOWED = "NamespaceNotAllowed";
    private static final String EDITED = "45m";
    private static final int FORMER_VALIDITY = 25;

    private final Bed bed;
    private final KubeApi kube;
    private final Clients clients;
    private final Report report;
    private final Set<Flood> wanted;
    private final int count;
    private final AuditLog audit;
    private final OperatorLog log;
    private final Inventory inventory;
    private final Pod pod;
    private final Pools pools;
    private final Follower<SecretSeen> secrets;
    private boolean domain;

    private record SecretSeen(String uid, boolean endpoints) {

        static SecretSeen of(JsonNode secret) {
            return new SecretSeen(
                    secret.at("/metadata/uid").asText(), secret.path("data").has("token-uri"));
        }
    }

    /** Starts the operator and creates the pools. Their domains are not active yet. */
    Floods(Bed bed, KubeApi kube, Clients clients, Report report, Options options) {
        this.bed = bed;
        this.kube = kube;
        this.clients = clients;
        this.report = report;
        this.wanted = options.floods();
        this.count = options.floodClients();
        this.audit = new AuditLog(bed.plane().auditLog());
        this.log = bed.operatorLog();
        this.inventory = new Inventory(kube, bed.cognito());
        this.pod = bed.startPod(Benchmark.WITHOUT_QUOTAS);
        pod.awaitReady(Duration.ofMinutes(1));
        this.pools = Pools.make(kube, bed.cognito(), count, Pools.Access.LABELLED, Pools.Domain.CREATING);
        clients.use(pools);
        this.secrets = new Follower<>(kube, "/api/v1/secrets", Clients.SECRETS, SecretSeen::of, SecretSeen::endpoints);
    }

    void measure() {
        pod.awaitQuiet(patience());
        applied();
        domain();
        upgrade();
        apiServerAway(Flood.REFUSED, bed.plane()::stopApiServer, bed.plane()::startApiServer);
        apiServerAway(Flood.HANGING, bed.plane()::freezeApiServer, bed.plane()::thawApiServer);
        secrets();
        namespaces();
        if (wanted.contains(Flood.DELETED)) {
            judged(Flood.DELETED.title(), clients::deleteAll, new Expectation(0, Expectation.SYNCED, domain));
        }
        report.add(Figure.of("floods, " + count + ": RSS at most", pod.peakRss(), "MiB"));
    }

    private void applied() {
        if (wanted.contains(Flood.APPLIED)) {
            judged(Flood.APPLIED.title(), () -> clients.applyAndAwaitReady(count, patience()), allReady());
        } else {
            clients.applyAndAwaitReady(count, patience());
            pod.awaitQuiet(patience());
        }
    }

    private void domain() {
        if (!wanted.contains(Flood.DOMAIN)) {
            return;
        }
        domain = true;
        Runnable flood = () -> {
            pools.activateDomains();
            awaitSecrets(secrets.awaitCount(count, patience(), () -> {}));
            clients.await(seen -> seen.ready() && seen.login(), count, patience());
        };
        judged(Flood.DOMAIN.title(), flood, allReady());
    }

    /**
     * Simulates the previous version while no operator runs: the operator's identity writes the digest of other settings to every
     * status, and Cognito gets those settings. The started version finds the same state as after a real upgrade.
     */
    private void upgrade() {
        if (!wanted.contains(Flood.UPGRADE)) {
            return;
        }
        pod.stop();
        Set<String> former = new HashSet<>();
        try (KubeApi operator = bed.asOperator()) {
            List<JsonNode> all = new ArrayList<>();
            kube.list(Clients.ALL, "", all::add);
            KubeApi.each(all.size(), i -> {
                JsonNode object = all.get(i);
                String digest =
                        object.at("/status/appliedSettings").asText().replaceAll("[0-9a-f]{16,}$", "0".repeat(32));
                former.add(digest);
                return operator.apply(statusPath(object), statusWith(object, digest), statusWriter(object));
            });
        }
        inventory.changeEveryClient(pools, FORMER_VALIDITY);
        Runnable flood = () -> {
            pod.start();
            pod.awaitReady(patience());
            clients.await(seen -> seen.ready() && !former.contains(seen.applied()), count, patience());
        };
        judged(Flood.UPGRADE.title(), flood, allReady());
    }

    private static String statusPath(JsonNode object) {
        return "/apis/cognito.appclients.dev/v1beta1/namespaces/"
                + object.at("/metadata/namespace").asText() + "/userpoolclients/"
                + object.at("/metadata/name").asText() + "/status";
    }

    /** An apply must contain every field that its manager owns. */
    private static String statusWith(JsonNode object, String digest) {
        ObjectNode patch = Cognito.request()
                .put("apiVersion", object.path("apiVersion").asText("cognito.appclients.dev/v1beta1"))
                .put("kind", "UserPoolClient");
        patch.putObject("metadata")
                .put("name", object.at("/metadata/name").asText())
                .put("namespace", object.at("/metadata/namespace").asText());
        ObjectNode status = object.path("status").deepCopy();
        patch.set("status", status.put("appliedSettings", digest));
        return patch.toString();
    }

    private static String statusWriter(JsonNode object) {
        for (JsonNode entry : object.at("/metadata/managedFields")) {
            if (entry.path("subresource").asText().equals("status")) {
                return entry.path("manager").asText();
            }
        }
        throw new IllegalStateException("no field manager has written the status");
    }

    /** A fifth of the clients has just been edited, so that reconciliations are in flight. */
    private void apiServerAway(Flood flood, Runnable away, Runnable back) {
        if (!wanted.contains(flood)) {
            return;
        }
        begin();
        clients.apply(count / 5, flood == Flood.REFUSED ? EDITED : Clients.ACCESS_TOKEN_VALIDITY);
        int endsBefore = pod.ends().size();
        long begun = System.nanoTime();
        away.run();
        Awaitility.await()
                .pollDelay(API_SERVER_AWAY)
                .atMost(API_SERVER_AWAY.multipliedBy(2))
                .until(() -> true);
        back.run();
        long over = System.nanoTime();
        String name = name(flood.title());
        settle(name, () -> {
            pod.awaitReady(patience().plus(API_SERVER_AWAY.multipliedBy(2)));
            double leads = (System.nanoTime() - over) / 1e9;
            report.add(Figure.of(name + ": an operator leads again after", leads, "s"));
            clients.awaitReady(count, patience());
        });
        double quiet = (System.nanoTime() - over) / 1e9;
        report.add(Figure.of(name + ": until quiet", quiet, "s").note("from the return of the API server"));
        List<Pod.End> ends = pod.ends().subList(endsBefore, pod.ends().size());
        double ended = ends.isEmpty() ? Double.NaN : (ends.getFirst().at() - begun) / 1e9;
        report.add(Figure.of(name + ": the leader ended after", ended, "s")
                .atMost(Aims.LEASE_SECONDS)
                .note(
                        ends.isEmpty()
                                ? "it did not end"
                                : ends.size() + " ends; " + ends.getFirst().what()));
        report.add(Figures.ends(
                name + ", after it",
                ends.stream()
                        .filter(end -> end.at() > over + AFTERMATH.toNanos())
                        .toList()));
        report.add(Figures.problems(name, log.problems(), 0));
        lost(name, allReady());
    }

    private void secrets() {
        if (!wanted.contains(Flood.SECRETS)) {
            return;
        }
        Set<String> former = new HashSet<>();
        kube.list(
                "/api/v1/secrets",
                Clients.SECRETS,
                secret -> former.add(SecretSeen.of(secret).uid()));
        Runnable flood = () -> {
            clients.deleteSecrets();
            awaitSecrets(secrets.awaitCount(seen -> !former.contains(seen.uid()), count, patience(), () -> {}));
            clients.awaitReady(count, patience());
        };
        judged(Flood.SECRETS.title(), flood, allReady(), "Restored Secret ");
    }

    private void namespaces() {
        if (!wanted.contains(Flood.NAMESPACES)) {
            return;
        }
        Runnable out = () -> {
            clients.label(false);
            clients.await(seen -> seen.current() && seen.reason().equals(NOT_ALLOWED), count, patience());
        };
        Expectation frozen = new Expectation(count, NOT_ALLOWED, domain);
        judged(Flood.NAMESPACES.title() + ", label gone", out, frozen, NOT_ALLOWED);
        Runnable in = () -> {
            clients.label(true);
            clients.awaitReady(count, patience());
        };
        judged(Flood.NAMESPACES.title() + ", label back", in, allReady());
    }

    private Expectation allReady() {
        return Expectation.ready(count, domain);
    }

    private void awaitSecrets(boolean inTime) {
        if (!inTime) {
            throw new IllegalStateException(secrets.size() + " Secrets exist, and " + secrets.count()
                    + " have endpoints, after " + patience().toSeconds() + " s");
        }
    }

    private void begin() {
        audit.forget();
        log.forget();
        bed.cognito().forgetCalls();
    }

    private void judged(String title, Runnable flood, Expectation expected) {
        judged(title, flood, expected, "");
    }

    /** @param expectedWarning the start of the one warning that the operator logs for each client; empty for none */
    private void judged(String title, Runnable flood, Expectation expected, String expectedWarning) {
        String name = name(title);
        begin();
        int endsBefore = pod.ends().size();
        Cpu before = bed.cpu();
        long began = System.nanoTime();
        settle(name, flood);
        report.add(Figure.of(name + ": until quiet", (System.nanoTime() - began) / 1e9, "s"));
        Cpu cpu = bed.cpu().minus(before);
        report.add(Figure.of(name + ": CPU per client", seconds(cpu.operator()) * 1_000 / count, "ms"));
        report.add(Figures.ratio(name, cpu));
        report.add(Figures.leaseGap(name, audit.longestLeaseGap()));
        report.add(Figures.problems(name, log.problems(expectedWarning), count).atMost(0));
        report.add(Figures.ends(name, pod.ends().subList(endsBefore, pod.ends().size())));
        lost(name, expected);
    }

    /** Reports a flood that does not settle as a missed figure, and continues with the next one. */
    private void settle(String name, Runnable flood) {
        try {
            flood.run();
            pod.awaitQuiet(patience());
        } catch (RuntimeException failed) {
            report.add(Figure.of(name + ": settled", 0, "")
                    .atLeast(1)
                    .note(String.valueOf(failed.getMessage()).replaceAll("\\s+", " ")));
        }
    }

    private void lost(String name, Expectation expected) {
        List<String> findings = inventory.findings(pools, expected);
        report.add(Figure.of(name + ": lost or wrong", findings.size(), "")
                .atMost(0)
                .note(String.join(" / ", findings.subList(0, Math.min(3, findings.size())))));
    }

    private String name(String title) {
        return "floods, " + count + ": " + title;
    }

    /** Assumes ten clients per second, which is slow. */
    private Duration patience() {
        return Duration.ofSeconds(120 + count / 10);
    }

    @Override
    public void close() {
        secrets.close();
    }
}
