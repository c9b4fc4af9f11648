package dev.appclients.cognito.controller.secret;

import dev.appclients.cognito.secret.SecretOwner;
import io.fabric8.kubernetes.api.Pluralize;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.ApiVersionUtil;
import java.util.Locale;

/** Reads the owner of a Secret on the API server. */
final class LiveOwner {

    private LiveOwner() {}

    /** Whether the owner is gone, was created again, or is being deleted. */
    static boolean isLeaving(KubernetesClient kubernetes, SecretOwner owner) {
        GenericKubernetesResource live = kubernetes
                .genericKubernetesResources(context(owner))
                .inNamespace(owner.namespace())
                .withName(owner.name())
                .get();
        return live == null
                || live.isMarkedForDeletion()
                || !owner.uid().equals(live.getMetadata().getUid());
    }

    /** Without the plural, the client library asks the API server for it. */
    private static ResourceDefinitionContext context(SecretOwner owner) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(ApiVersionUtil.trimGroupOrNull(owner.apiVersion()))
                .withVersion(ApiVersionUtil.trimVersion(owner.apiVersion()))
                .withKind(owner.kind())
                .withPlural(Pluralize.toPlural(owner.kind().toLowerCase(Locale.ROOT)))
                .withNamespaced(true)
                .build();
    }
}
