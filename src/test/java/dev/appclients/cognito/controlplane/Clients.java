package dev.appclients.cognito.controlplane;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;

/** Clients whose {@code close} ends their threads too. */
public final class Clients {

    private Clients() {}

    /**
     * The factory is named because Quarkus puts one of its own on the class path, and outside a Quarkus application that
     * one starts a Vert.x per client and never ends it.
     */
    public static KubernetesClient of(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new VertxHttpClientFactory())
                .build();
    }
}
