package dev.appclients.cognito.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** UserPoolClients in ten namespaces: applied at once, watched, deleted at once. */
final class Clients implements AutoCloseable {

    static final int NAMESPACES = 10;
    static final String ALL = "/apis/cognito.appclients.dev/v1beta1/userpoolclients";
    static final String SECRETS = "labelSelector=cognito.appclients.dev/client-uid";
    static final String ACCESS_TOKEN_VALIDITY = "30m";

    private static final String GROUP = "/apis/cognito.appclients.dev/v1beta1";
    private static final int DELETES_A_SECOND = 10;
    private static final int DELETE_ATTEMPTS = 20;

    private final KubeApi kube;
    private final BooleanSupplier operatorLives;
    private final Follower<Seen> follower;
    private @Nullable Pools pools;
    private int namespaces = NAMESPACES;
    private boolean shared;

    /**
     * The part of a client that the watch keeps.
     *
     * @param ready whether Ready is True at the current generation
     * @param current whether Ready has any status at the current generation
     * @param reason of Ready; empty when absent
     * @param login whether the status has a link for signing in
     * @param applied the digest of the settings that were last applied; empty when absent
     */
    record Seen(boolean ready, boolean current, String reason, boolean login, String applied) {

        static Seen of(JsonNode object) {
            JsonNode ready = condition(object, "Ready");
            boolean current = ready.path("observedGeneration").asInt(-1)
                    == object.at("/metadata/generation").asInt();
            return new Seen(
                    current && ready.path("status").asText().equals("True"),
                    current,
                    // One String for all clients.
                    ready.path("reason").asText().intern(),
                    object.path("status").has("loginURL"),
                    object.at("/status/appliedSettings").asText());
        }
    }

    /** @param operatorLives checked during each wait */
    Clients(KubeApi kube, BooleanSupplier operatorLives) {
        this.kube = kube;
        this.operatorLives = operatorLives;
        IntStream.range(0, namespaces).forEach(n -> applyNamespace(namespace(n), true));
        follower = new Follower<>(kube, ALL, "", Seen::of, Seen::ready);
    }

    /** Spreads clients over these pools from now on. */
    void use(Pools theirs) {
        pools = theirs;
    }

    private Pools pools() {
        if (pools == null) {
            throw new IllegalStateException("clients were applied before their pools");
        }
        return pools;
    }

    /** Offers copies of all clients to every namespace from now on. */
    void share() {
        shared = true;
    }

    static String namespaceOf(int client) {
        return namespace(client % NAMESPACES);
    }

    /** Applies all clients in one namespace from now on. */
    void useOneNamespace() {
        namespaces = 1;
    }

    /** Adds the label that {@link Pools} may require to every namespace, or removes it. */
    void label(boolean mayUsePools) {
        IntStream.range(0, namespaces).forEach(n -> applyNamespace(namespace(n), mayUsePools));
    }

    private void applyNamespace(String name, boolean mayUsePools) {
        kube.apply(
                        "/api/v1/namespaces/" + name,
                        "{apiVersion: v1, kind: Namespace, metadata: {name: %s, labels: {%s}}}"
                                .formatted(name, mayUsePools ? Pools.LABEL + ": \"yes\"" : ""))
                .join();
    }

    private void requireOperator() {
        if (!operatorLives.getAsBoolean()) {
            throw new IllegalStateException("the operator has ended; " + state());
        }
    }

    private String state() {
        return follower.size() + " clients exist, and " + follower.count() + " are Ready";
    }

    private void require(boolean inTime, Duration patience) {
        if (!inTime) {
            throw new IllegalStateException(state() + ", after " + patience.toSeconds() + " s");
        }
    }

    /**
     * Applies this many clients, and waits until they are Ready.
     *
     * @return from the start of the first apply until the last client was observed to be Ready
     */
    Duration applyAndAwaitReady(int count, Duration patience) {
        return applyAndAwaitReady(count, patience, () -> {});
    }

    /** Does the same, and runs an action when half of the clients are Ready. */
    Duration applyAndAwaitReady(int count, Duration patience, Runnable halfway) {
        long began = System.nanoTime();
        CompletableFuture<Void> applied = KubeApi.inBackground(() -> apply(count));
        Runnable check = () -> {
            requireOperator();
            if (applied.isCompletedExceptionally()) {
                applied.join();
            }
        };
        require(follower.awaitCount(count / 2, patience, check), patience);
        halfway.run();
        require(follower.awaitCount(count, patience, check), patience);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Applies this many clients, and runs an action before anything waits for them. */
    <T> T applyAndMeanwhile(int count, Supplier<T> meanwhile) {
        apply(count);
        return meanwhile.get();
    }

    void awaitReady(int count, Duration patience) {
        require(follower.awaitCount(count, patience, this::requireOperator), patience);
    }

    /** Waits until this many clients match. */
    void await(Predicate<Seen> like, int count, Duration patience) {
        if (!follower.awaitCount(like, count, patience, this::requireOperator)) {
            throw new IllegalStateException("only " + follower.count(like) + " of " + count + " clients match after "
                    + patience.toSeconds() + " s; " + state());
        }
    }

    void apply(int count) {
        apply(count, ACCESS_TOKEN_VALIDITY);
    }

    /** Applies the first clients with another setting, or creates them with it. */
    void apply(int count, String accessTokenValidity) {
        KubeApi.each(
                count,
                i -> kube.apply(
                        path(i % namespaces) + "/web-" + i,
                        manifest(i, namespace(i % namespaces), accessTokenValidity)));
    }

    /**
     * Applies the first client of a new namespace.
     *
     * @return from its apply until it was Ready, or until the timeout
     */
    Duration applyFirstOf(String namespace, Duration patience) {
        applyNamespace(namespace, true);
        String path = GROUP + "/namespaces/" + namespace + "/userpoolclients/web-0";
        String manifest = manifest(0, namespace, ACCESS_TOKEN_VALIDITY);
        long began = System.nanoTime();
        kube.apply(path, manifest).join();
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(patience)
                    .until(() -> isReady(KubeApi.parse(kube.get(path))));
        } catch (ConditionTimeoutException late) {
            // The figure shows the timeout.
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    int readyCount() {
        return follower.count();
    }

    /** Deletes the clients of all namespaces at once, and waits until they and their Secrets are gone. */
    void deleteAll() {
        Duration patience = Duration.ofSeconds(300 + follower.size() / DELETES_A_SECOND);
        deleteCollections(GROUP, "userpoolclients");
        require(follower.awaitEmpty(patience, this::requireOperator), patience);
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !secretIsLeft());
    }

    /** Deletes every Secret of a client as a user. */
    void deleteSecrets() {
        deleteCollections("/api/v1", "secrets?" + SECRETS);
    }

    private void deleteCollections(String group, String resource) {
        CompletableFuture<?>[] all = IntStream.range(0, namespaces)
                .mapToObj(n -> group + "/namespaces/" + namespace(n) + "/" + resource)
                .map(path -> deleteCollection(path, DELETE_ATTEMPTS))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(all).join();
        } catch (CompletionException failed) {
            throw new IllegalStateException("a collection was not deleted", failed.getCause());
        }
    }

    /** The API server ends a request after a minute. The next request deletes the rest of a large collection. */
    private CompletableFuture<Void> deleteCollection(String path, int attempts) {
        CompletableFuture<Void> deleted = kube.delete(path);
        return attempts == 1 ? deleted : deleted.exceptionallyCompose(late -> deleteCollection(path, attempts - 1));
    }

    private boolean secretIsLeft() {
        return !KubeApi.parse(kube.get("/api/v1/secrets?limit=1&" + SECRETS))
                .path("items")
                .isEmpty();
    }

    static boolean isReady(JsonNode object) {
        return Seen.of(object).ready();
    }

    /** The condition of this type; a missing node if there is none. */
    static JsonNode condition(JsonNode object, String type) {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return object.path("no such member");
    }

    private String manifest(int i, String namespace, String accessTokenValidity) {
        return """
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web-%1$d, namespace: %2$s}
                spec:
                  userPoolRef: {name: %3$s}
                  appType: Confidential
                  allowedOAuthFlows: [code]
                  allowedOAuthScopes: [openid, email, profile, orders/read]
                  callbackURLs: ["https://web-%1$d.example.com/callback"]
                  logoutURLs: ["https://web-%1$d.example.com/"]
                  accessTokenValidity: %4$s
                  %5$s
                """.formatted(
                i, namespace, pools().of(i), accessTokenValidity, shared ? "sharing: {namespaces: {from: All}}" : "");
    }

    private static String namespace(int n) {
        return "bench-" + n;
    }

    private static String path(int n) {
        return GROUP + "/namespaces/" + namespace(n) + "/userpoolclients";
    }

    @Override
    public void close() {
        follower.close();
    }
}
