package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.secret.ConfigMapForm;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cache of the ConfigMaps with the operator's mark, each in the form of a Secret without values. The right to watch ConfigMaps is
 * optional: without it the cache is empty, and only clients with {@code spec.configMap} need it.
 */
public final class ConfigMaps implements Outputs {

    private final Watches watches;
    private @Nullable ConfigMapInformer informer;

    /** Nothing is watched before the operator starts. */
    public ConfigMaps(Watches watches) {
        this.watches = watches;
    }

    /** The event source of the UserPoolClient reconciler, which lists and watches once the operator starts. */
    public EventSource<ConfigMap, UserPoolClient> eventSource(EventSourceContext<UserPoolClient> context) {
        SecondaryToPrimaryMapper<ConfigMap> toClients =
                configMap -> ClientWakes.ofSecret(ConfigMapForm.toSecret(configMap));
        informer = new ConfigMapInformer(watches.configMaps(toClients), context, watches.served());
        return informer;
    }

    /** @throws KubernetesClientException if the operator may not list ConfigMaps, or the API server does not answer */
    @Override
    public void requireWatch() {
        if (informer == null) {
            throw new IllegalStateException("the UserPoolClient reconciler is not registered yet");
        }
        informer.require();
    }

    @Override
    public Optional<Secret> get(String namespace, String name) {
        return running()
                .flatMap(cache -> cache.get(new ResourceID(name, namespace)))
                .map(ConfigMapForm::toSecret);
    }

    @Override
    public List<Secret> of(String namespace, String uid) {
        return watches.configMapsOfClient(namespace, uid)
                .map(ConfigMapForm::toSecret)
                .toList();
    }

    /** Makes a ConfigMap that this process wrote visible to the next pass, even when the watch is slower. */
    public void wrote(ConfigMap written) {
        ConfigMap kept = watches.asKept(written);
        running().ifPresent(cache -> cache.handleRecentResourceUpdate(ResourceID.fromResource(kept), kept, kept));
    }

    private Optional<ConfigMapInformer> running() {
        return Optional.ofNullable(informer).filter(ConfigMapInformer::isRunning);
    }
}
