package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches ConfigMaps if the operator's RBAC permits it. An informer retries a forbidden list for ever and delays the start, so this one
 * starts only after a list has succeeded.
 */
final class ConfigMapInformer extends InformerEventSource<ConfigMap, UserPoolClient> {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigMapInformer.class);
    private static final ListOptions ONE =
            new ListOptionsBuilder().withLimit(1L).build();

    private final KubernetesClient kubernetes;
    private final Set<String> namespaces;

    /** @param namespaces the served namespaces; empty for all */
    ConfigMapInformer(
            InformerEventSourceConfiguration<ConfigMap> configuration,
            EventSourceContext<UserPoolClient> context,
            Set<String> namespaces) {
        super(configuration, context);
        this.kubernetes = context.getClient();
        this.namespaces = namespaces;
    }

    /** Starts the watch. Without the right to list ConfigMaps, {@link #require} starts it later. */
    @Override
    public synchronized void start() {
        try {
            require();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                // The informer retries it.
                super.start();
                return;
            }
            LOG.info("The operator's RBAC does not permit it to list ConfigMaps. It writes none: a client with"
                    + " spec.configMap reports MissingPermission");
        }
    }

    /**
     * Starts the watch if it is not running. Returns when the cache is filled.
     *
     * @throws KubernetesClientException if the API server refuses a list or does not answer
     */
    synchronized void require() {
        if (isRunning()) {
            return;
        }
        if (namespaces.isEmpty()) {
            kubernetes.configMaps().inAnyNamespace().list(ONE);
        }
        namespaces.forEach(
                namespace -> kubernetes.configMaps().inNamespace(namespace).list(ONE));
        super.start();
    }

    /** Empty while nothing is watched: a missing right does not make the operator unhealthy. */
    @Override
    public Map<String, InformerHealthIndicator> informerHealthIndicators() {
        return isRunning() ? super.informerHealthIndicators() : Map.of();
    }
}
