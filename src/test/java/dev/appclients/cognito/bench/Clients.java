package dev.appclients.cognito.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** UserPoolClients in ten namespaces: applied at once, watched, deleted at once. */
final class Clients implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GROUP = "/apis/cognito.appclients.dev/v1beta1";
    private static final int NAMESPACES = 10;
    /** More than the API server works on at a time, fewer than it turns away. */
    private static final int AT_A_TIME = 32;

    private final KubeApi kube;
    private final BooleanSupplier operatorLives;
    private final Set<String> present = new HashSet<>();
    private final Set<String> ready = new HashSet<>();
    private volatile String version;
    private volatile boolean closed;
    private @Nullable Throwable broken;

    /** @param operatorLives asked while it is waited for */
    Clients(KubeApi kube, BooleanSupplier operatorLives) {
        this.kube = kube;
        this.operatorLives = operatorLives;
        IntStream.range(0, NAMESPACES)
                .forEach(n -> kube.apply("/api/v1/namespaces/" + namespace(n), """
                                {apiVersion: v1, kind: Namespace, metadata: {name: %s}}""".formatted(namespace(n)))
                        .join());
        version = parse(kube.get(GROUP + "/userpoolclients?limit=1"))
                .at("/metadata/resourceVersion")
                .asText();
        Thread.ofPlatform().daemon().start(this::follow);
    }

    /** The API server ends a watch that lags behind; then it is begun again where it was. */
    private void follow() {
        try {
            while (!closed) {
                try (Stream<String> events =
                        kube.watch(GROUP + "/userpoolclients?watch=1&timeoutSeconds=3600&resourceVersion=" + version)) {
                    events.forEach(line -> seen(parse(line)));
                }
            }
        } catch (RuntimeException failed) {
            broken(failed);
        }
    }

    private synchronized void broken(RuntimeException reason) {
        broken = reason;
        notifyAll();
    }

    /** Woken by each event: polling would cost the machine what is to be measured. */
    private synchronized void await(BooleanSupplier condition, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (broken != null || left <= 0 || !operatorLives.getAsBoolean()) {
                throw new IllegalStateException(
                        (operatorLives.getAsBoolean() ? "" : "the operator has ended; ") + present.size()
                                + " clients are there, and " + ready.size() + " are Ready, after "
                                + patience.toSeconds() + " s at most",
                        broken);
            }
            try {
                wait(Math.min(left, 1_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    /** The pool that all of them are in. */
    static void applyPool(KubeApi kube) {
        kube.apply(GROUP + "/clusteruserpools/customers", """
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClusterUserPool
                metadata: {name: customers}
                spec:
                  userPoolId: %s
                  aws: {identity: Operator}
                  tenancy: Trusted
                  namespaces: {from: All}
                """.formatted(Cognito.POOL_ID))
                .join();
    }

    static void awaitPool(KubeApi kube) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Stream.of(parse(kube.get(GROUP + "/clusteruserpools/customers")))
                        .anyMatch(Clients::isReady));
    }

    /**
     * Applies that many, and waits for them.
     *
     * @return from the beginning of the first apply until the last one was seen to be Ready
     */
    Duration applyAndAwaitReady(int count, Duration patience) {
        long began = System.nanoTime();
        apply(count);
        await(() -> ready.size() >= count, patience);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Applies that many, and does something before anybody asks whether they are Ready. */
    <T> T applyAndMeanwhile(int count, Supplier<T> meanwhile) {
        apply(count);
        return meanwhile.get();
    }

    void awaitReady(int count, Duration patience) {
        await(() -> ready.size() >= count, patience);
    }

    private void apply(int count) {
        Semaphore free = new Semaphore(AT_A_TIME);
        CompletableFuture<?>[] applied = IntStream.range(0, count)
                .mapToObj(i -> {
                    free.acquireUninterruptibly();
                    return kube.apply(path(i % NAMESPACES) + "/web-" + i, manifest(i))
                            .whenComplete((done, failed) -> free.release());
                })
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(applied).join();
    }

    synchronized int readyCount() {
        return ready.size();
    }

    /** Returns when they are gone, and their Secrets with them. */
    void deleteAll() {
        IntStream.range(0, NAMESPACES).forEach(n -> kube.delete(path(n)));
        await(present::isEmpty, Duration.ofMinutes(5));
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !secretIsLeft());
    }

    private boolean secretIsLeft() {
        return !parse(kube.get("/api/v1/secrets?limit=1&labelSelector=cognito.appclients.dev/client-uid"))
                .path("items")
                .isEmpty();
    }

    private synchronized void seen(JsonNode event) {
        JsonNode object = event.path("object");
        String uid = object.at("/metadata/uid").asText();
        version = object.at("/metadata/resourceVersion").asText();
        switch (event.path("type").asText()) {
            case "DELETED" -> {
                ready.remove(uid);
                present.remove(uid);
            }
            case "ADDED", "MODIFIED" -> {
                present.add(uid);
                if (isReady(object)) {
                    ready.add(uid);
                } else {
                    ready.remove(uid);
                }
            }
            default -> throw new IllegalStateException("the watch says " + event);
        }
        notifyAll();
    }

    private static boolean isReady(JsonNode object) {
        int generation = object.at("/metadata/generation").asInt();
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True")
                        && condition.path("observedGeneration").asInt() == generation;
            }
        }
        return false;
    }

    private static String manifest(int i) {
        return """
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web-%1$d, namespace: %2$s}
                spec:
                  userPoolRef: {name: customers}
                  appType: Confidential
                  allowedOAuthFlows: [code]
                  allowedOAuthScopes: [openid, email, profile, orders/read]
                  callbackURLs: ["https://web-%1$d.example.com/callback"]
                  logoutURLs: ["https://web-%1$d.example.com/"]
                  accessTokenValidity: 30m
                """.formatted(i, namespace(i % NAMESPACES));
    }

    private static String namespace(int n) {
        return "bench-" + n;
    }

    private static String path(int n) {
        return GROUP + "/namespaces/" + namespace(n) + "/userpoolclients";
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
