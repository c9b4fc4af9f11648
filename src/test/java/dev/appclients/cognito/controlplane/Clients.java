package dev.appclients.cognito.controlplane;

import dev.appclients.cognito.controller.workarounds.EarlyEvents;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.function.Consumer;

/** Creates Kubernetes clients. They share the threads of one Vert.x, and keep the first events of each watch as the operator does. */
public final class Clients {

    private static final Vertx VERTX = EarlyEvents.kept(Vertx.vertx(new VertxOptions()
            .setUseDaemonThread(true)
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false))));

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
                .withHttpClientFactory(new VertxHttpClientFactory(VERTX))
                .withHttpClientBuilderConsumer(http)
                .build();
    }
}
