package dev.appclients.cognito.controller.claim;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretList;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lists Secrets as PartialObjectMetadata, so that the API server sends no value. The client library lists whole objects only (7.6.1). */
final class SecretMetadataList {

    private static final String ACCEPT = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    private final KubernetesClient kubernetes;
    private final int pageSize;

    /** @param pageSize the objects in one answer, at least 1 */
    SecretMetadataList(KubernetesClient kubernetes, int pageSize) {
        this.kubernetes = kubernetes;
        this.pageSize = pageSize;
    }

    /**
     * The Secrets of all namespaces, without data.
     *
     * @throws KubernetesClientException if a request fails
     */
    List<Secret> inAnyNamespace(String labelSelector) {
        return list("api/v1/secrets", labelSelector);
    }

    /** As {@link #inAnyNamespace}, in one namespace. */
    List<Secret> inNamespace(String namespace, String labelSelector) {
        return list("api/v1/namespaces/" + namespace + "/secrets", labelSelector);
    }

    private List<Secret> list(String path, String labelSelector) {
        String first =
                kubernetes.getMasterUrl() + path + "?limit=" + pageSize + "&labelSelector=" + encoded(labelSelector);
        List<Secret> found = new ArrayList<>();
        SecretList page = get(first);
        found.addAll(items(page));
        String next = next(page);
        while (next != null) {
            page = get(first + "&continue=" + encoded(next));
            found.addAll(items(page));
            next = next(page);
        }
        return found;
    }

    /** An empty list has no items in the JSON of the API server. */
    private static List<Secret> items(SecretList page) {
        return page.getItems() == null ? List.of() : page.getItems();
    }

    private static @Nullable String next(SecretList page) {
        String token = page.getMetadata() == null ? null : page.getMetadata().getContinue();
        return token == null || token.isEmpty() ? null : token;
    }

    private SecretList get(String url) {
        HttpRequest request = kubernetes
                .getHttpClient()
                .newHttpRequestBuilder()
                .uri(url)
                .header("Accept", ACCEPT)
                .timeout(kubernetes.getConfiguration().getRequestTimeout(), TimeUnit.MILLISECONDS)
                .build();
        HttpResponse<byte[]> response = send(request);
        String body = new String(response.body(), UTF_8);
        if (!response.isSuccessful()) {
            throw failure(response.code(), body);
        }
        return kubernetes.getKubernetesSerialization().unmarshal(body, SecretList.class);
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return kubernetes.getHttpClient().sendAsync(request, byte[].class).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubernetesClientException("The list of Secrets was interrupted", e);
        } catch (ExecutionException e) {
            throw KubernetesClientException.launderThrowable(e.getCause());
        }
    }

    private KubernetesClientException failure(int code, String body) {
        String message = "The API server answered " + code + " to a list of Secrets";
        try {
            Status status = kubernetes.getKubernetesSerialization().unmarshal(body, Status.class);
            return new KubernetesClientException(message, code, status);
        } catch (RuntimeException noStatus) {
            return new KubernetesClientException(message, code, null);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8);
    }
}
