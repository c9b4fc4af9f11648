package dev.appclients.cognito.runtime;

import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClientOptions;

/**
 * Speaks to the API server over a few connections that are kept. A thousand passes at once would else open a thousand, each
 * with a TLS handshake on both sides and its own buffers outside the heap, and the API server serves no more of them at a time.
 */
final class FewConnections extends VertxHttpClientFactory {

    /** Watches have connections of their own and are not counted. */
    private static final int CONNECTIONS = 32;

    FewConnections(Vertx vertx) {
        super(vertx);
    }

    @Override
    protected void additionalConfig(WebClientOptions options) {
        options.setMaxPoolSize(CONNECTIONS);
    }
}
