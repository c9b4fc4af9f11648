package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.secret.SecretOwner;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The name that the manifest on the API server has for one kind of output. A reconciliation may have begun with an older manifest. */
final class RequestedName {

    private final KubernetesClient kubernetes;
    private final Function<UserPoolClient, @Nullable String> inManifest;

    /** @param inManifest the name of the output; null if the manifest has none */
    RequestedName(KubernetesClient kubernetes, Function<UserPoolClient, @Nullable String> inManifest) {
        this.kubernetes = kubernetes;
        this.inManifest = inManifest;
    }

    /** Whether the owner exists and still requests its output under this name; null for no output. Sends one request. */
    boolean isStill(@Nullable String name, SecretOwner owner) {
        UserPoolClient live = kubernetes
                .resources(UserPoolClient.class)
                .inNamespace(owner.namespace())
                .withName(owner.name())
                .get();
        return live != null
                && owner.uid().equals(live.getMetadata().getUid())
                && Objects.equals(inManifest.apply(live), name);
    }
}
