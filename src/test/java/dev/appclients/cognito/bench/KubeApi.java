package dev.appclients.cognito.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A minimal client of the API server, which uses little of the measured processor time. */
final class KubeApi implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 500;
    /** More than the API server processes at a time, and fewer than it rejects. */
    private static final int AT_A_TIME = 32;

    private final Config config;
    private final HttpClient http;
    /** Has its own connection, so that watches do not wait for writes. */
    private final HttpClient watching;

    KubeApi(Config config) {
        this.config = config;
        try {
            http = HttpClient.newBuilder()
                    .sslContext(SSLUtils.sslContext(config))
                    .build();
            watching = HttpClient.newBuilder()
                    .sslContext(SSLUtils.sslContext(config))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the API server's certificate cannot be used", e);
        }
    }

    /** Server-side apply, the request that {@code kubectl apply --server-side} sends. */
    CompletableFuture<Void> apply(String path, String yaml) {
        return apply(path, yaml, "kubectl");
    }

    /** Applies as this field manager. */
    CompletableFuture<Void> apply(String path, String yaml, String fieldManager) {
        return patch(path + "?force=true&fieldManager=" + fieldManager, "application/apply-patch+yaml", yaml);
    }

    /** A merge patch. */
    CompletableFuture<Void> merge(String path, String json) {
        return patch(path, "application/merge-patch+json", json);
    }

    private CompletableFuture<Void> patch(String path, String type, String body) {
        HttpRequest request = request(path)
                .header("Content-Type", type)
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenAccept(KubeApi::requireSuccess);
    }

    /**
     * Lists in pages.
     *
     * @param query parameters besides the page's, such as a selector; may be empty
     * @return the resource version of the list
     */
    String list(String path, String query, Consumer<JsonNode> each) {
        String more = "";
        String version = "";
        do {
            JsonNode page = parse(get(path + "?limit=" + PAGE + (query.isEmpty() ? "" : "&" + query)
                    + (more.isEmpty() ? "" : "&continue=" + URLEncoder.encode(more, StandardCharsets.UTF_8))));
            page.path("items").forEach(each);
            version = page.at("/metadata/resourceVersion").asText();
            more = page.at("/metadata/continue").asText();
        } while (!more.isEmpty());
        return version;
    }

    /** Sends a request for each number, a limited number at a time, and waits until all have succeeded. */
    static void each(int count, IntFunction<CompletableFuture<Void>> request) {
        Semaphore free = new Semaphore(AT_A_TIME);
        CompletableFuture<?>[] all = IntStream.range(0, count)
                .mapToObj(i -> {
                    free.acquireUninterruptibly();
                    return request.apply(i).whenComplete((done, failed) -> free.release());
                })
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();
    }

    /** Runs in its own thread: the HTTP client completes its answers on the common pool, which may have one thread. */
    static CompletableFuture<Void> inBackground(Runnable work) {
        return CompletableFuture.runAsync(
                work, command -> Thread.ofPlatform().daemon().name("bench-load").start(command));
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String get(String path) {
        return send(request(path).build());
    }

    /** Deletes a resource or all of a collection. */
    CompletableFuture<Void> delete(String path) {
        return http.sendAsync(request(path).DELETE().build(), HttpResponse.BodyHandlers.discarding())
                .thenAccept(KubeApi::requireSuccess);
    }

    /** Streams the events, one JSON object each, until the stream is closed. */
    Stream<String> watch(String path) {
        try {
            return watching.send(request(path).build(), HttpResponse.BodyHandlers.ofLines())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            requireSuccess(response);
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void requireSuccess(HttpResponse<?> response) {
        if (response.statusCode() >= 300) {
            throw new IllegalStateException("the API server answered " + response.statusCode() + " " + response.body());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(config.getMasterUrl().replaceAll("/+$", "") + path))
                .header("Authorization", "Bearer " + config.getOauthToken());
    }

    @Override
    public void close() {
        watching.shutdownNow();
        http.shutdownNow();
    }
}
