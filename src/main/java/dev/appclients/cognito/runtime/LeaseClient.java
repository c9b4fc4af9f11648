package dev.appclients.cognito.runtime;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The Kubernetes client that renews the leader's lease, and makes no other request after the start. It shares neither a connection
 * nor an event loop with the operator's client: 32 requests that hang, or a large list that an event loop parses, do not delay it.
 *
 * <p>The rest of a renewal shares nothing with reconciliations either. The framework runs each renewal on an unbounded pool of
 * platform threads (JOSDK 5.3.2, {@code cachingExecutorService}), and the controllers use that pool only to start and to stop.
 * Fabric8 starts each renewal from one scheduler thread per JVM (7.6.1, {@code Utils.SHARED_SCHEDULER}). On that thread run
 * time-outs and retries of requests, which complete a future or send a request, and never wait or parse; watches hand their work
 * to other threads.
 */
final class LeaseClient implements AutoCloseable {

    /** The second is for a renewal while the first one still times out. */
    private static final int CONNECTIONS = 2;

    private final Vertx vertx;
    private final KubernetesClient kubernetes;

    /**
     * Opens no connection yet.
     *
     * @param config how the operator's own client reaches the API server
     * @param leaseDuration bounds how long one request may take, see {@link #requestTimeout}
     */
    LeaseClient(Config config, KubernetesSerialization serialization, Duration leaseDuration) {
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                // This one checks only itself.
                .setBlockedThreadCheckInterval(1)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.HOURS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        kubernetes = new KubernetesClientBuilder()
                .withConfig(bounded(config, leaseDuration))
                .withKubernetesSerialization(serialization)
                .withHttpClientFactory(new TwoConnections(vertx))
                .build();
    }

    KubernetesClient kubernetes() {
        return kubernetes;
    }

    /**
     * How long the API server may take for one request: a sixth of the lease. A renewal is two requests, a read and a patch, and the
     * leader begins none later than two thirds of the lease after the last. So a renewal that hangs in both ends with the lease, and
     * several renewals fit before it.
     */
    static Duration requestTimeout(Duration leaseDuration) {
        return leaseDuration.dividedBy(6);
    }

    /**
     * The leader election itself retries every two fifteenths of the lease. Retries of the client would add up to 19 s to one renewal,
     * and would honor a Retry-After of any length: the leader would notice only after the end of the lease that it has lost it.
     */
    static Config bounded(Config config, Duration leaseDuration) {
        int milliseconds = (int) requestTimeout(leaseDuration).toMillis();
        return new ConfigBuilder(config)
                .withRequestTimeout(milliseconds)
                .withConnectionTimeout(milliseconds)
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    @Override
    public void close() {
        kubernetes.close();
        vertx.close();
    }

    private static final class TwoConnections extends VertxHttpClientFactory {

        TwoConnections(Vertx vertx) {
            super(vertx);
        }

        @Override
        protected void additionalConfig(WebClientOptions options) {
            options.setMaxPoolSize(CONNECTIONS);
        }
    }
}
