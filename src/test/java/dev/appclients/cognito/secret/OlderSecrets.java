package dev.appclients.cognito.secret;

import dev.appclients.cognito.secret.content.SecretShape;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Objects;

/** The Secrets that a former version of the operator wrote. */
public final class OlderSecrets {

    private OlderSecrets() {}

    /** The inputs that version 1 recorded in the Secret of a client; it wrote the preset Standard only. */
    public static String inputsOfVersion1(SecretOwner client, Secret current) {
        SourceSecret source =
                SourceSecret.of(client, SecretShape.STANDARD, null, current).orElseThrow();
        SecretRequest request = new SecretRequest(
                client,
                current.getMetadata().getName(),
                true,
                false,
                SourceClient.of(client),
                SecretShape.STANDARD,
                source.values(),
                source.confidential(),
                source.revision());
        return Objects.requireNonNull(new DesiredSecret(request).inputs(1)).toString();
    }
}
