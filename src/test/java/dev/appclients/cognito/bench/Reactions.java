package dev.appclients.cognito.bench;

import static dev.appclients.cognito.bench.ExpectedCopies.FIRST;
import static dev.appclients.cognito.bench.ExpectedCopies.HOME;
import static dev.appclients.cognito.bench.ExpectedCopies.NAMESPACES;
import static dev.appclients.cognito.bench.ExpectedCopies.OTHER;
import static dev.appclients.cognito.bench.ExpectedCopies.PUSHED_CLAIM;
import static dev.appclients.cognito.bench.ExpectedCopies.all;
import static dev.appclients.cognito.bench.ExpectedCopies.frozen;
import static dev.appclients.cognito.bench.ExpectedCopies.name;
import static dev.appclients.cognito.bench.ExpectedCopies.withoutOtherNamespaces;
import static dev.appclients.cognito.bench.ExpectedCopies.withoutPushes;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the time from a change of each watched kind until every copy and every claim is right: a client that pushes to
 * {@value ExpectedCopies#NAMESPACES} namespaces, a claim of each namespace's team, and a claim in the client's own namespace.
 */
final class Reactions implements AutoCloseable {

    private static final int TIMES = 10;
    /** The operator waits before it restores the same object more often. */
    private static final int RESTORES = 3;

    private static final String GROUP = "/apis/cognito.appclients.dev/v1beta1/";
    private static final String POOL = GROUP + "clusteruserpools/bench-0";
    private static final String CLIENTS = GROUP + "namespaces/" + HOME + "/userpoolclients/";
    private static final String OFFER =
            "{from: Selector, selector: {matchLabels: {bench.example.com/reactions: \"yes\"}}}";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Bed bed;
    private final KubeApi kube;
    private final Clients clients;
    private final Report report;
    private final Pod pod;
    private final Follower<Copy> copies;
    private final Follower<String> claims;
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    /**
     * A Secret that the operator wrote.
     *
     * @param place namespace/name
     * @param value its redirect URI
     * @param edit a label of the benchmark, which tells versions apart; may be empty
     */
    private record Copy(String uid, String place, String value, String edit) {

        static Copy of(JsonNode secret) {
            return new Copy(
                    secret.at("/metadata/uid").asText(),
                    placeOf(secret),
                    new String(
                            Base64.getDecoder()
                                    .decode(secret.at("/data/redirect-uri").asText()),
                            StandardCharsets.UTF_8),
                    secret.at("/metadata/labels/bench.example.com~1edit").asText());
        }

        /** Its place and value. */
        String content() {
            return place + " " + value;
        }
    }

    Reactions(Bed bed, KubeApi kube, Clients clients, Report report) {
        this.bed = bed;
        this.kube = kube;
        this.clients = clients;
        this.report = report;
        pod = bed.startPod(Benchmark.WITHOUT_QUOTAS);
        copies = new Follower<>(kube, "/api/v1/secrets", Clients.SECRETS, Copy::of, copy -> true);
        claims = new Follower<>(kube, GROUP + "clientsecretclaims", "", Reactions::verdict, claim -> true);
    }

    private static String verdict(JsonNode claim) {
        Clients.Seen seen = Clients.Seen.of(claim);
        return placeOf(claim) + " " + (seen.current() ? seen.reason() : "not observed");
    }

    private static String placeOf(JsonNode object) {
        return object.at("/metadata/namespace").asText() + "/"
                + object.at("/metadata/name").asText();
    }

    void measure() {
        OperatorLog log = bed.operatorLog();
        pod.awaitReady(PATIENCE);
        clients.use(Pools.make(kube, bed.cognito(), 1, Pools.Access.ALL, Pools.Domain.PREFIX));
        IntStream.range(0, NAMESPACES).forEach(i -> label(i, true));
        applyClient("other", OTHER, "{namespaces: " + OFFER + "}");
        applySource(FIRST);
        claim(HOME, "second", "source", "second");
        IntStream.range(0, NAMESPACES).forEach(i -> claim(name(i), "asked", "source", "asked"));
        await(all());
        // The first of each kind also loads classes, and is measured with the others.
        namespaces();
        permissions();
        claims();
        secrets();
        source();
        seconds.forEach((change, times) -> {
            double[] sorted = times.stream().mapToDouble(time -> time).sorted().toArray();
            report.add(Figure.of("reaction, " + change, sorted[sorted.length - 1], "s")
                    .atMost(Aims.REACTION_SECONDS)
                    .note(String.format(
                            Locale.ROOT,
                            "slowest of %d, median %.2f; from the request until all is right",
                            sorted.length,
                            sorted[sorted.length / 2])));
        });
        report.add(Figures.ends("reactions", pod.ends()));
        // Each withdrawal is a warning for each claim.
        report.add(Figure.of("reactions: errors in the log", log.problems().errors(), "")
                .atMost(0));
    }

    private void namespaces() {
        for (int i = 0; i < TIMES; i++) {
            int n = i;
            timed(
                    "a namespace loses the label",
                    () -> label(n, false),
                    all().noPush(n).notAvailable(name(n) + "/asked"));
            timed("a namespace gets the label", () -> label(n, true), all());
        }
        for (int i = 0; i < RESTORES; i++) {
            int n = NAMESPACES + i;
            timed(
                    "a namespace with the label is created",
                    () -> label(n, true),
                    all().copy(name(n) + "/pushed", FIRST).claim(name(n) + "/" + PUSHED_CLAIM, "Synced"));
            label(n, false);
            await(all());
        }
    }

    private void permissions() {
        for (int i = 0; i < TIMES; i++) {
            timed("the client withdraws its offer", () -> applyClient("source", FIRST, null), withoutOtherNamespaces());
            timed("the client offers again", () -> applySource(FIRST), all());
            timed(
                    "the client ends its push",
                    () -> applyClient("source", FIRST, "{namespaces: " + OFFER + "}"),
                    withoutPushes());
            timed("the client pushes again", () -> applySource(FIRST), all());
            timed("the pool withdraws the ceiling", () -> pool("sharing", "null"), withoutOtherNamespaces());
            timed("the pool sets the ceiling again", this::restoreSharing, all());
            timed("the pool withdraws pushFrom", () -> pool("sharing", "{\"pushFrom\":null}"), withoutPushes());
            timed("the pool permits the push again", this::restoreSharing, all());
            timed(
                    "the pool withdraws the client's namespace",
                    () -> pool("namespaces", "{\"from\":\"Names\",\"names\":[\"nobody\"]}"),
                    frozen());
            timed(
                    "the pool permits the client's namespace again",
                    () -> pool("namespaces", "{\"from\":\"All\",\"names\":null}"),
                    all());
        }
    }

    private void claims() {
        for (int i = 0; i < TIMES; i++) {
            String namespace = name(i);
            String asked = namespace + "/asked";
            timed(
                    "a claim is deleted",
                    () -> delete(claimPath(namespace, "asked")),
                    all().noCopy(asked).noClaim(asked));
            timed("a claim is created", () -> claim(namespace, "asked", "source", "asked"), all());
            timed(
                    "a claim names another Secret",
                    () -> claim(namespace, "asked", "source", "renamed"),
                    all().noCopy(asked).copy(namespace + "/renamed", FIRST));
            claim(namespace, "asked", "source", "asked");
            await(all());
            timed(
                    "a claim names another client",
                    () -> claim(namespace, "asked", "other", "asked"),
                    all().noCopy(asked).copy(asked, OTHER));
            claim(namespace, "asked", "source", "asked");
            await(all());
            String late = namespace + "/late";
            timed(
                    "a claim names a Secret of another claim",
                    () -> claim(namespace, "late", "other", "asked"),
                    all().claim(late, "SecretNameTaken"));
            timed(
                    "the first of two claims for one name is deleted",
                    () -> delete(claimPath(namespace, "asked")),
                    all().noCopy(asked).noClaim(asked).copy(asked, OTHER).claim(late, "Synced"));
            delete(claimPath(namespace, "late"));
            claim(namespace, "asked", "source", "asked");
            await(all());
        }
        for (int i = 0; i < RESTORES; i++) {
            Copy former = copy(name(i) + "/pushed");
            String path = claimPath(name(i), PUSHED_CLAIM);
            timed("a pushed claim is deleted by hand", () -> delete(path), former, all());
        }
    }

    private void secrets() {
        for (int i = 0; i < TIMES; i++) {
            Copy former = copy(name(i) + "/asked");
            String path = "/api/v1/namespaces/" + name(i) + "/secrets/asked";
            timed("a copy is deleted by hand", () -> delete(path), former, all());
            Copy right = new Copy(copy(former.place()).uid(), former.place(), FIRST, "edited");
            timed(
                    "a copy is edited by hand",
                    () -> {
                        kube.merge(path, """
                        {"metadata":{"labels":{"bench.example.com/edit":"edited"}},"stringData":{"redirect-uri":"edited"}}
                        """).join();
                        awaitCopies(all -> all.contains(right));
                    },
                    all());
        }
        for (int i = 0; i < RESTORES; i++) {
            String path = "/api/v1/namespaces/" + HOME + "/secrets/source";
            timed("the client's own Secret is deleted by hand", () -> delete(path), copy(HOME + "/source"), all());
        }
    }

    private void source() {
        for (int i = 1; i <= TIMES; i++) {
            String value = FIRST + i;
            timed("a value of the client changes", () -> applySource(value), all(value));
        }
        applySource(FIRST);
        await(all());
        for (int i = 0; i < RESTORES; i++) {
            timed(
                    "the client is deleted",
                    () -> delete(CLIENTS + "source"),
                    withoutOtherNamespaces().noCopy(HOME + "/source").notAvailable(HOME + "/second"));
            timed("the client is created", () -> applySource(FIRST), all());
        }
    }

    /** Measures until another Secret stands in the place of this one, and everything is right. */
    private void timed(String change, Runnable make, Copy former, ExpectedCopies right) {
        timed(
                change,
                () -> {
                    make.run();
                    awaitReplaced(former);
                },
                right);
    }

    private void timed(String change, Runnable make, ExpectedCopies right) {
        pod.awaitQuiet(PATIENCE);
        long began = System.nanoTime();
        make.run();
        await(right);
        seconds.computeIfAbsent(change, unknown -> new ArrayList<>()).add((System.nanoTime() - began) / 1e9);
    }

    private void await(ExpectedCopies right) {
        awaitCopies(all -> contents(all).equals(right.copies()));
        if (!claims.await(all -> Set.copyOf(all).equals(right.claims()), PATIENCE, bed::requireOperator)) {
            throw new IllegalStateException(
                    "the claims are not right after " + PATIENCE.toSeconds() + " s: " + new TreeSet<>(claims.values()));
        }
    }

    private void awaitCopies(Predicate<Collection<Copy>> right) {
        if (!copies.await(right, PATIENCE, bed::requireOperator)) {
            throw new IllegalStateException(
                    "the copies are not right after " + PATIENCE.toSeconds() + " s: " + contents(copies.values()));
        }
    }

    /** Waits until another Secret with the first value stands in the place of this one. */
    private void awaitReplaced(Copy former) {
        awaitCopies(all -> all.stream()
                .anyMatch(copy -> copy.content().equals(former.place() + " " + FIRST)
                        && !copy.uid().equals(former.uid())));
    }

    private static Set<String> contents(Collection<Copy> all) {
        return all.stream().map(Copy::content).collect(Collectors.toCollection(TreeSet::new));
    }

    private Copy copy(String place) {
        return copies.values().stream()
                .filter(copy -> copy.place().equals(place))
                .findAny()
                .orElseThrow();
    }

    private void applySource(String value) {
        applyClient("source", value, "{namespaces: " + OFFER + ", push: {secret: {name: pushed}}}");
    }

    /** @param sharing as YAML; null for none */
    private void applyClient(String name, String value, @Nullable String sharing) {
        kube.apply(
                        CLIENTS + name,
                        """
                        apiVersion: cognito.appclients.dev/v1beta1
                        kind: UserPoolClient
                        metadata: {name: %s, namespace: %s}
                        spec:
                          userPoolRef: {name: bench-0}
                          appType: Confidential
                          allowedOAuthFlows: [code]
                          allowedOAuthScopes: [openid, email]
                          callbackURLs: ["%s"]
                        """.formatted(name, HOME, value) + (sharing == null ? "" : "  sharing: " + sharing + "\n"))
                .join();
    }

    private void claim(String namespace, String name, String client, String secret) {
        kube.apply(claimPath(namespace, name), """
                        apiVersion: cognito.appclients.dev/v1beta1
                        kind: ClientSecretClaim
                        metadata: {name: %s, namespace: %s}
                        spec: {clientRef: {namespace: %s, name: %s}, secret: {name: %s}}
                        """.formatted(name, namespace, HOME, client, secret))
                .join();
    }

    private void delete(String path) {
        kube.delete(path).join();
    }

    private static String claimPath(String namespace, String name) {
        return GROUP + "namespaces/" + namespace + "/clientsecretclaims/" + name;
    }

    private void label(int namespace, boolean labelled) {
        kube.apply("/api/v1/namespaces/" + name(namespace), """
                        {apiVersion: v1, kind: Namespace, metadata: {name: %s, labels: {%s}}}
                        """.formatted(
                                name(namespace), labelled ? "bench.example.com/reactions: \"yes\"" : ""))
                .join();
    }

    private void pool(String field, String json) {
        kube.merge(POOL, "{\"spec\":{\"" + field + "\":" + json + "}}").join();
    }

    private void restoreSharing() {
        pool("sharing", "{\"namespaces\":{\"from\":\"All\"},\"pushFrom\":{\"from\":\"All\"}}");
    }

    @Override
    public void close() {
        copies.close();
        claims.close();
    }
}
