package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.cluster.Pools;
import dev.appclients.cognito.controller.cluster.SecretNames;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.secret.SecretOwner;
import dev.appclients.cognito.secret.SecretRequest;
import dev.appclients.cognito.secret.SourceClient;
import dev.appclients.cognito.secret.SourceSecret;
import dev.appclients.cognito.secret.content.SecretShape;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client's own Secret as the source of copies: untampered, and consistent with what the operator recorded in it.
 *
 * @param arn of the client's pool; null while the operator does not know it
 * @param id namespace and name of the Secret
 * @param secret without its value
 */
record CopySource(UserPoolClient client, @Nullable PoolArn arn, ResourceID id, SourceSecret secret) {

    /** The source in the cache; empty if there is none that can be copied. */
    static Optional<CopySource> of(UserPoolClient client, KubernetesView cached) {
        String namespace = client.getMetadata().getNamespace();
        ResourceID id = new ResourceID(SecretNames.of(client), namespace);
        PoolArn arn = cached.pool(client.getSpec().userPoolRef().name())
                .map(Pools::facts)
                .map(PoolFacts::arn)
                .orElse(null);
        return cached.secret(namespace, id.getName())
                .flatMap(secret -> judge(client, arn, secret))
                .map(source -> new CopySource(client, arn, id, source));
    }

    /** Judges a live version of the Secret. */
    Optional<SourceSecret> judge(Secret live) {
        return judge(client, arn, live);
    }

    /** Whether the values of this source are all that the claim asks for. */
    boolean suffices(ClientSecretClaim claim) {
        return secret.values().suffice(SecretShape.of(claim.getSpec().secret()));
    }

    /** The Secret that the claim asks for, with the values of this source. */
    SecretRequest request(ClientSecretClaim claim) {
        var meta = client.getMetadata();
        return new SecretRequest(
                owner(claim),
                SecretNames.of(claim),
                true,
                true,
                new SourceClient(meta.getUid(), meta.getNamespace() + "/" + meta.getName()),
                SecretShape.of(claim.getSpec().secret()),
                secret.values(),
                secret.confidential(),
                secret.revision(),
                secret.clientSecretId(),
                null);
    }

    /** The claim as the owner of its copies. */
    static SecretOwner owner(ClientSecretClaim claim) {
        var meta = claim.getMetadata();
        return SecretOwner.claim(meta.getNamespace(), meta.getName(), meta.getUid());
    }

    private static Optional<SourceSecret> judge(UserPoolClient client, @Nullable PoolArn arn, Secret secret) {
        var meta = client.getMetadata();
        SecretOwner owner = SecretOwner.userPoolClient(meta.getNamespace(), meta.getName(), meta.getUid());
        return SourceSecret.of(owner, SecretShape.of(client.getSpec().secret()), arn, secret);
    }
}
