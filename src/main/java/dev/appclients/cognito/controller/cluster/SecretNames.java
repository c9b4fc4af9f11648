package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The names of the Secrets that manifests ask for. Without a name in the manifest, it is the name of the object. */
public final class SecretNames {

    private SecretNames() {}

    /** The name of the client's own Secret. */
    public static String of(UserPoolClient client) {
        var secret = client.getSpec().secret();
        String name = secret == null ? null : secret.name();
        return Objects.requireNonNullElse(name, client.getMetadata().getName());
    }

    /** The name of the claim's copy. */
    public static String of(ClientSecretClaim claim) {
        var secret = claim.getSpec().secret();
        String name = secret == null ? null : secret.name();
        return Objects.requireNonNullElse(name, claim.getMetadata().getName());
    }

    /** The Secret, for an index by its name; null if it has the name of the object, which the store finds by its key. */
    static @Nullable ResourceID indexed(HasMetadata object, String secretName) {
        return secretName.equals(object.getMetadata().getName())
                ? null
                : new ResourceID(secretName, object.getMetadata().getNamespace());
    }

    /** The key that an object with the name of the Secret has in an item store. */
    static String key(ResourceID secret) {
        return secret.getNamespace().map(namespace -> namespace + "/").orElse("") + secret.getName();
    }
}
