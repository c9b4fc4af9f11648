package dev.appclients.cognito.runtime;

import dev.appclients.cognito.controller.workarounds.EarlyEvents;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClientOptions;

/**
 * Caps the connections to the API server and keeps them open. Without a cap a thousand concurrent requests open a thousand connections.
 * Each costs a TLS handshake on both sides and buffers outside the heap. The API server serves no more requests at a time for them.
 */
final class BoundedVertxClientFactory extends VertxHttpClientFactory {

    /** Watches use other connections. */
    private static final int CONNECTIONS = 32;

    BoundedVertxClientFactory(Vertx vertx) {
        super(EarlyEvents.kept(vertx));
    }

    @Override
    protected void additionalConfig(WebClientOptions options) {
        options.setMaxPoolSize(CONNECTIONS);
    }
}
