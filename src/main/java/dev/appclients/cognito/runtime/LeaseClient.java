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
 * The Kubernetes client that renews the leader's lease, and sends no other request after the start. It shares neither a connection nor
 * an event loop with the operator's client: neither 32 hanging requests nor the parsing of a large list delays a renewal.
 *
 * <p>The rest of a renewal shares nothing with reconciliations either. The framework runs each renewal on an unbounded pool of
 * platform threads (JOSDK 5.3.2, {@code cachingExecutorService}), which the controllers use only to start and to stop. Fabric8
 * starts each renewal on one scheduler thread per JVM (7.6.1, {@code Utils.SHARED_SCHEDULER}). The timeouts and retries of requests
 * run on that thread too. They complete a future or send a request, and never block. Watches hand their work to other threads.
 */
final class LeaseClient implements AutoCloseable {

    /** The second serves a renewal while a request on the first times out. */
    private static final int CONNECTIONS = 2;

    private final Vertx vertx;
    private final KubernetesClient kubernetes;

    /**
     * Opens no connection yet.
     *
     * @param config the configuration of the operator's client
     * @param leaseDuration bounds the duration of one request, see {@link #requestTimeout}
     */
    LeaseClient(Config config, KubernetesSerialization serialization, Duration leaseDuration) {
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                // The checker would check only this event loop.
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
     * The timeout of one request: a sixth of the lease. A renewal is a read and a patch, and the leader starts none later than two
     * thirds of the lease after the last. A renewal that hangs in both requests so ends with the lease, and several fit before it.
     */
    static Duration requestTimeout(Duration leaseDuration) {
        return leaseDuration.dividedBy(6);
    }

    /**
     * Turns the client's retries off: the leader election retries every two fifteenths of the lease. Retries of the client would add up
     * to 19 s to one renewal and honor any Retry-After. The leader would notice the loss only after the end of the lease.
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
