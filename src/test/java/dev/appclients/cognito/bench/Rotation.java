package dev.appclients.cognito.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Measures one rotation of a client secret: the requests to the API server and the calls to AWS, with ten pushed copies. */
final class Rotation implements AutoCloseable {

    private static final int COPIES = 10;
    private static final String CLIENT =
            "/apis/cognito.appclients.dev/v1beta1/namespaces/bench-0/userpoolclients/rotated";
    private static final String COPY = "labelSelector=cognito.appclients.dev/claim-uid";
    private static final String ANNOTATION = "cognito.appclients.dev/";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Bed bed;
    private final KubeApi kube;
    private final Report report;
    private final AuditLog audit;
    private final Pod pod;
    private final Follower<String> copies;
    private final Clients clients;

    Rotation(Bed bed, KubeApi kube, Clients clients, Report report) {
        this.bed = bed;
        this.kube = kube;
        this.clients = clients;
        this.report = report;
        audit = new AuditLog(bed.plane().auditLog());
        pod = bed.startPod(Benchmark.WITHOUT_QUOTAS);
        copies = new Follower<>(
                kube,
                "/api/v1/secrets",
                COPY,
                secret -> secret.at("/metadata/annotations/cognito.appclients.dev~1client-secret-id")
                        .asText(),
                copy -> true);
    }

    void measure() {
        pod.awaitReady(PATIENCE);
        clients.use(Pools.make(kube, bed.cognito(), 1, Pools.Access.ALL, Pools.Domain.PREFIX));
        KubeApi.each(COPIES, i -> kube.apply("/api/v1/namespaces/rotated-" + i, """
                {apiVersion: v1, kind: Namespace, metadata: {name: rotated-%d, labels: {bench.example.com/rotated: "yes"}}}
                """.formatted(i)));
        kube.apply(CLIENT, """
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: rotated, namespace: bench-0}
                spec:
                  userPoolRef: {name: bench-0}
                  appType: Confidential
                  rotation: {overlap: 10m}
                  sharing:
                    namespaces: {from: Selector, selector: {matchLabels: {bench.example.com/rotated: "yes"}}}
                    push: {secret: {name: rotated-oidc}}
                """).join();
        if (!copies.awaitCount(COPIES, PATIENCE, bed::requireOperator)) {
            throw new IllegalStateException("only " + copies.count() + " of " + COPIES + " copies exist");
        }
        await(() -> client().at("/status/copies/ready").asInt() == COPIES);
        // The first rotation of a client reads more, because there is no record yet.
        rotate("the first rotation", 1, 5);
        rotate("a rotation", 2, 4);
    }

    /** An annotation ends the overlap, so that the benchmark does not wait for it. */
    private void rotate(String name, int number, int calls) {
        pod.awaitQuiet(PATIENCE);
        String old = liveSecret();
        audit.forget();
        bed.cognito().forgetCalls();
        long began = System.nanoTime();
        annotate("rotate-requested-at", Integer.toString(number));
        await(() -> !client().at("/status/secret/secretId").asText(old).equals(old));
        String added = client().at("/status/secret/secretId").asText();
        if (!copies.awaitCount(added::equals, COPIES, PATIENCE, bed::requireOperator)) {
            throw new IllegalStateException("only " + copies.count(added::equals) + " copies have the new secret");
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        pod.awaitQuiet(PATIENCE);
        annotate("retire-secret", old);
        await(() -> client().at("/status/rotation/phase").asText().equals("Steady"));
        pod.awaitQuiet(PATIENCE);
        Map<String, Integer> requests = new TreeMap<>(audit.requests());
        Map<String, Integer> made = new TreeMap<>(bed.cognito().calls());
        String what = name + " with " + COPIES + " copies";
        report.add(Figure.of(what + ": requests to the API server", Figures.sum(requests), "")
                .atMost(Aims.REQUESTS_OF_A_ROTATION)
                .note(requests.toString()));
        report.add(Figure.of(what + ": AWS calls", Figures.sum(made), "")
                .atMost(calls)
                .note(made.toString()));
        report.add(Figure.of(what + ": until the last copy has the new secret", seconds, "s"));
    }

    private String liveSecret() {
        String clientId = client().at("/status/clientId").asText();
        String poolId = kube.get("/apis/cognito.appclients.dev/v1beta1/clusteruserpools/bench-0");
        JsonNode listed = bed.cognito()
                .call(
                        "ListUserPoolClientSecrets",
                        Cognito.request()
                                .put(
                                        "UserPoolId",
                                        KubeApi.parse(poolId)
                                                .at("/spec/userPoolId")
                                                .asText())
                                .put("ClientId", clientId));
        return listed.at("/ClientSecrets/0/ClientSecretId").asText();
    }

    private JsonNode client() {
        return KubeApi.parse(kube.get(CLIENT));
    }

    private void annotate(String name, String value) {
        kube.merge(CLIENT, "{\"metadata\":{\"annotations\":{\"" + ANNOTATION + name + "\":\"" + value + "\"}}}")
                .join();
    }

    private void await(BooleanSupplier condition) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .atMost(PATIENCE)
                .until(() -> {
                    bed.requireOperator();
                    return condition.getAsBoolean();
                });
    }

    @Override
    public void close() {
        copies.close();
    }
}
