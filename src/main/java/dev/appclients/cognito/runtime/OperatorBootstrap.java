package dev.appclients.cognito.runtime;

import dev.appclients.cognito.controller.workarounds.RestingOperator;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the operator, and logs in one line why it cannot start. It waits for CRDs that do not fit. Any other error ends the process with
 * an exit code, and Kubernetes restarts it.
 */
class OperatorBootstrap extends RestingOperator {

    /** The exit code of a start that failed. */
    static final int CANNOT_START = 1;

    /** The interval between checks of CRDs that do not fit. */
    private static final Duration RECHECK = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(OperatorBootstrap.class);

    private final KubernetesClient kubernetes;
    private final Set<String> namespaces;
    private final CrdCompatibility crds;
    private final MemoryReport memory;
    private final IntConsumer end;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * Starts nothing yet.
     *
     * @param kubernetes the controllers' client; the leader election uses the one of the configuration
     * @param namespaces the served namespaces; empty for all
     * @param crds checked first
     * @param memory logged before the caches fill
     * @param end ends the process with the given exit code
     */
    OperatorBootstrap(
            KubernetesClient kubernetes,
            Set<String> namespaces,
            CrdCompatibility crds,
            MemoryReport memory,
            IntConsumer end,
            Consumer<ConfigurationServiceOverrider> configuration) {
        super(configuration);
        this.kubernetes = kubernetes;
        this.namespaces = namespaces;
        this.crds = crds;
        this.memory = memory;
        this.end = end;
    }

    /**
     * Returns the client of the controllers and of their caches. The framework takes the client of the leader election from the
     * configuration, and that of the controllers from the operator (JOSDK 5.3.2), so that the two can differ.
     */
    @Override
    public KubernetesClient getKubernetesClient() {
        return kubernetes;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the start that it calls is synchronized
    public void start() {
        endOnError(() -> {
            memory.requireEnough();
            if (crds.fit()) {
                begin();
            } else {
                startOnceTheyFit();
            }
        });
    }

    private void begin() {
        Registration.tryLists(kubernetes, namespaces);
        memory.logCapacity();
        super.start();
    }

    /** Waits instead of a crash loop: the process is not ready until the CRDs fit. */
    private void startOnceTheyFit() {
        Thread.ofPlatform()
                .daemon()
                .name("crd-wait")
                .start(() -> endOnError(() -> {
                    if (awaitFit()) {
                        begin();
                    }
                }));
    }

    /** Returns false when the operator stops first. */
    private boolean awaitFit() {
        try {
            while (!crds.fit()) {
                if (stopped.await(RECHECK.toMillis(), TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void stop() throws OperatorException {
        stopped.countDown();
        super.stop();
    }

    private void endOnError(Runnable step) {
        try {
            step.run();
        } catch (OperatorException | KubernetesClientException | IllegalStateException failed) {
            LOG.error(
                    "Cannot start: {}",
                    explain(failed, kubernetes.getMasterUrl().toString()));
            LOG.debug("Cannot start", failed);
            end.accept(CANNOT_START);
        }
    }

    /** The reason of a failed start and, where the user can fix it, the fix. */
    static String explain(Throwable failed, String apiServer) {
        KubernetesClientException refused = cause(failed, KubernetesClientException.class);
        if (refused == null) {
            return failed.getMessage() + rootCause(failed);
        }
        return switch (refused.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                "the API server " + apiServer + " does not accept the token of this service account";
            case HttpURLConnection.HTTP_FORBIDDEN ->
                "the service account lacks a permission: " + statusMessage(refused)
                        + ". Apply deploy/kustomize of this release";
            default ->
                refused.getStatus() == null
                        ? "the API server " + apiServer + " does not answer" + rootCause(refused)
                        : "the API server " + apiServer + " returns an error: " + statusMessage(refused);
        };
    }

    private static @Nullable String statusMessage(KubernetesClientException refused) {
        return refused.getStatus() == null
                ? refused.getMessage()
                : refused.getStatus().getMessage();
    }

    private static String rootCause(Throwable failed) {
        Throwable last = failed.getCause();
        while (last != null && last.getCause() != null) {
            last = last.getCause();
        }
        return last == null ? "" : ": " + last;
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failed, Class<T> type) {
        for (Throwable each = failed; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        return null;
    }
}
