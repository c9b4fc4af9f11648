package dev.appclients.cognito.bench;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Cluster-admin with a plain HTTP client: what loads the machine should be the operator, not whoever measures it. */
final class KubeApi implements AutoCloseable {

    private final Config config;
    private final HttpClient http;
    /** On a connection of its own, so that it does not wait for what is written meanwhile. */
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
        HttpRequest request = request(path + "?fieldManager=kubectl&force=true")
                .header("Content-Type", "application/apply-patch+yaml")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(yaml))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenAccept(KubeApi::requireSuccess);
    }

    String get(String path) {
        return send(request(path).build());
    }

    void delete(String path) {
        send(request(path).DELETE().build());
    }

    /** Events as they come, one JSON object each, until the stream is closed. */
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

    private static void requireSuccess(HttpResponse<String> response) {
        if (response.statusCode() >= 300) {
            throw new IllegalStateException("the API server says " + response.statusCode() + " " + response.body());
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
