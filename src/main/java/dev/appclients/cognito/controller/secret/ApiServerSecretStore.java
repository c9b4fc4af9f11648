package dev.appclients.cognito.controller.secret;

import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.SecretOwner;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Secrets on the API server. Neither the create nor the patch names a field manager, so that both continue one entry of the
 * managed fields: the API server takes the manager from the client's user agent, which must be {@link Marks#FIELD_MANAGER}.
 */
public final class ApiServerSecretStore implements SecretStore {

    private final KubernetesClient kubernetes;
    private final Informers informers;

    public ApiServerSecretStore(KubernetesClient kubernetes, Informers informers) {
        this.kubernetes = kubernetes;
        this.informers = informers;
    }

    @Override
    public void dryRunCreate(Secret manifest) {
        kubernetes.resource(manifest).dryRun().create();
    }

    @Override
    public void create(Secret manifest) {
        informers.wrote(kubernetes.resource(manifest).create());
    }

    @Override
    public @Nullable Secret read(String namespace, String name) {
        return kubernetes.secrets().inNamespace(namespace).withName(name).get();
    }

    @Override
    public void patch(Secret live, Map<String, Object> patch) {
        // Without the object, the client library reads it before the patch.
        informers.wrote(kubernetes
                .secrets()
                .resource(live)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        kubernetes.getKubernetesSerialization().asJson(patch)));
    }

    @Override
    public void delete(Secret live) {
        try {
            kubernetes
                    .resource(live)
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
