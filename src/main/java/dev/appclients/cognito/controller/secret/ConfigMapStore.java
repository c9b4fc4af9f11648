package dev.appclients.cognito.controller.secret;

import dev.appclients.cognito.controller.cluster.ConfigMaps;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.secret.ConfigMapForm;
import dev.appclients.cognito.secret.SecretOwner;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ConfigMaps on the API server, in the form of Secrets. The field manager is that of {@link ApiServerSecretStore}. */
public final class ConfigMapStore implements SecretStore {

    private final KubernetesClient kubernetes;
    private final ConfigMaps cache;

    public ConfigMapStore(KubernetesClient kubernetes, ConfigMaps cache) {
        this.kubernetes = kubernetes;
        this.cache = cache;
    }

    @Override
    public String kind() {
        return ConfigMapForm.KIND;
    }

    @Override
    public void dryRunCreate(Secret manifest) {
        kubernetes.resource(ConfigMapForm.of(manifest)).dryRun().create();
    }

    @Override
    public void create(Secret manifest) {
        cache.wrote(kubernetes.resource(ConfigMapForm.of(manifest)).create());
    }

    @Override
    public @Nullable Secret read(String namespace, String name) {
        ConfigMap live =
                kubernetes.configMaps().inNamespace(namespace).withName(name).get();
        return live == null ? null : ConfigMapForm.toSecret(live);
    }

    @Override
    public void patch(Secret live, Map<String, Object> patch) {
        // Without the object, the client library reads it before the patch.
        cache.wrote(kubernetes
                .configMaps()
                .resource(ConfigMapForm.of(live))
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        kubernetes.getKubernetesSerialization().asJson(ConfigMapForm.patch(patch))));
    }

    @Override
    public void delete(Secret live) {
        try {
            kubernetes
                    .configMaps()
                    .resource(ConfigMapForm.of(live))
                    .lockResourceVersion(live.getMetadata().getResourceVersion())
                    .delete();
        } catch (KubernetesClientException e) {
            if (!KubernetesFailure.isNotFound(e)) {
                throw e;
            }
        }
    }

    @Override
    public boolean isOwnerLeaving(SecretOwner owner) {
        return LiveOwner.isLeaving(kubernetes, owner);
    }
}
