package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import org.jspecify.annotations.Nullable;

/** The objects that permit or deny copies, as the API server has them now. Every method sends one request. */
final class LiveObjects {

    private final KubernetesClient kubernetes;

    LiveObjects(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    @Nullable
    ClientSecretClaim claim(ResourceID id) {
        return kubernetes
                .resources(ClientSecretClaim.class)
                .inNamespace(id.getNamespace().orElseThrow())
                .withName(id.getName())
                .get();
    }

    @Nullable
    UserPoolClient client(ResourceID id) {
        return kubernetes
                .resources(UserPoolClient.class)
                .inNamespace(id.getNamespace().orElseThrow())
                .withName(id.getName())
                .get();
    }

    @Nullable
    ClusterUserPool pool(String name) {
        return kubernetes.resources(ClusterUserPool.class).withName(name).get();
    }

    @Nullable
    Namespace namespace(String name) {
        return kubernetes.namespaces().withName(name).get();
    }
}
