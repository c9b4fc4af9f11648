package dev.appclients.cognito.runtime;

import dev.appclients.cognito.controller.Registration;
import dev.appclients.cognito.controller.guards.RestingOperator;
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
 * An operator that says in one line why it cannot start. It waits for CRDs that do not fit; anything else ends the process with
 * an exit code, and Kubernetes starts it again.
 */
class OneLineStart extends RestingOperator {

    /** The exit code of a start that failed. */
    static final int CANNOT_START = 1;

    /** How soon CRDs that do not fit are looked at again. */
    private static final Duration RECHECK = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(OneLineStart.class);

    private final KubernetesClient kubernetes;
    private final Set<String> namespaces;
    private final InstalledCrds crds;
    private final MemoryReport memory;
    private final IntConsumer end;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * An operator that is not started yet.
     *
     * @param kubernetes the controllers' client; the leader election uses the one of the configuration
     * @param namespaces the served namespaces; empty for all
     * @param crds looked at before anything begins
     * @param memory reported before the caches fill
     * @param end ends the process: nothing has begun yet that could be left half done
     */
    OneLineStart(
            KubernetesClient kubernetes,
            Set<String> namespaces,
            InstalledCrds crds,
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
     * The client of the controllers and of their caches. The framework asks the configuration for the client of the leader election,
     * and the operator for that of the controllers (JOSDK 5.3.2), so that the two can differ.
     */
    @Override
    public KubernetesClient getKubernetesClient() {
        return kubernetes;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the start that it calls is synchronized
    public void start() {
        orEnd(() -> {
            memory.requireRoom();
            if (crds.fit()) {
                begin();
            } else {
                startOnceTheyFit();
            }
        });
    }

    private void begin() {
        Registration.tryLists(kubernetes, namespaces);
        memory.sayCapacity();
        super.start();
    }

    /** Neither missing nor outdated CRDs are worth a crash loop: the process stays, not ready, and goes on once they are there. */
    private void startOnceTheyFit() {
        Thread.ofPlatform()
                .daemon()
                .name("waits for the CRDs")
                .start(() -> orEnd(() -> {
                    if (awaitFit()) {
                        begin();
                    }
                }));
    }

    /** False when the operator is stopped first. */
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

    private void orEnd(Runnable step) {
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

    /** What is in the way, and what to do about it. */
    static String explain(Throwable failed, String apiServer) {
        KubernetesClientException refused = cause(failed, KubernetesClientException.class);
        if (refused == null) {
            return failed.getMessage() + ended(failed);
        }
        return switch (refused.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                "the API server " + apiServer + " does not accept the token of this service account";
            case HttpURLConnection.HTTP_FORBIDDEN ->
                "the service account lacks a permission; apply deploy/kustomize/rbac.yaml of this release: "
                        + said(refused);
            default ->
                refused.getStatus() == null
                        ? "the API server " + apiServer + " cannot be reached" + ended(refused)
                        : "the API server " + apiServer + " refuses: " + said(refused);
        };
    }

    private static @Nullable String said(KubernetesClientException refused) {
        return refused.getStatus() == null
                ? refused.getMessage()
                : refused.getStatus().getMessage();
    }

    private static String ended(Throwable failed) {
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
