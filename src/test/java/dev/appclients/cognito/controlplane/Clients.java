package dev.appclients.cognito.controlplane;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import java.util.function.Consumer;

/** Clients whose {@code close} ends their threads too. */
public final class Clients {

    private Clients() {}

    /** A client of this API server, as it is. */
    public static KubernetesClient of(Config config) {
        return of(config, http -> {});
    }

    /**
     * The factory is named because Quarkus puts one of its own on the class path, and outside a Quarkus application that
     * one starts a Vert.x per client and never ends it.
     *
     * @param http what is done to the way to the API server
     */
    public static KubernetesClient of(Config config, Consumer<HttpClient.Builder> http) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new VertxHttpClientFactory())
                .withHttpClientBuilderConsumer(http)
                .build();
    }
}
