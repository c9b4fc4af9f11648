package dev.appclients.cognito.controlplane;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import java.util.function.Consumer;

/** Creates Kubernetes clients whose {@code close} ends their threads too. */
public final class Clients {

    private Clients() {}

    /** Creates a client with the default HTTP settings. */
    public static KubernetesClient of(Config config) {
        return of(config, http -> {});
    }

    /**
     * Creates a client. It names the HTTP factory, because Quarkus has another one on the class path. Outside a Quarkus
     * application that one starts a Vert.x per client and never closes it.
     *
     * @param http changes the HTTP client
     */
    public static KubernetesClient of(Config config, Consumer<HttpClient.Builder> http) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new VertxHttpClientFactory())
                .withHttpClientBuilderConsumer(http)
                .build();
    }
}
