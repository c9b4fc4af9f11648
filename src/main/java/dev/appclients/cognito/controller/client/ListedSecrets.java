package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.secret.SecretInspection;
import dev.appclients.cognito.secret.SecretRequest;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lists the secrets of app clients where a description does not suffice. Cognito describes only the original secret: another one may be
 * in use beside it, and a client without it still has a secret.
 */
final class ListedSecrets {

    private final AppClients clients;
    private final KubernetesView kubernetes;

    ListedSecrets(AppClients clients, KubernetesView kubernetes) {
        this.clients = clients;
        this.kubernetes = kubernetes;
    }

    /**
     * Whether an app client to adopt has a secret. Lists the secrets only if the description has none.
     *
     * @throws AwsCallException if the list failed. Where the manifest describes a public client, the operator needs no right to list
     */
    boolean hasSecret(ReconcileInput input, AppClient described) {
        if (described.secret() != null) {
            return true;
        }
        try {
            return !list(input, described.clientId()).isEmpty();
        } catch (AwsCallException failed) {
            FailureKind kind = failed.failure().kind();
            // Whether Cognito lists no secret of a public client, or refuses the list, is not established.
            boolean isPublic = kind == FailureKind.INVALID_SETTINGS
                    || (!input.desired().confidential() && kind.needsHuman() && kind != FailureKind.POOL_NOT_FOUND);
            if (isPublic) {
                return false;
            }
            throw failed;
        }
    }

    /**
     * Judges whether the described secret of the object's app client may be published.
     *
     * @throws AwsCallException if the list failed
     */
    DescribedSecret judge(ReconcileInput input, SecretRequest request) {
        List<String> listed = list(input, request.values().clientId());
        return DescribedSecret.judge(listed, published(request));
    }

    private List<String> list(ReconcileInput input, String clientId) {
        return clients.listSecrets(input.pool().access(), clientId, Priority.USER).secrets().stream()
                .map(SecretId::id)
                .toList();
    }

    /** The ids that the object's Secrets record, by the cache. A copy may lag behind, so copies do not count. */
    private List<String> published(SecretRequest request) {
        String namespace = request.owner().namespace();
        return Stream.concat(
                        kubernetes.secret(namespace, request.secretName()).stream(),
                        kubernetes.secretsOf(namespace, request.owner().uid()).stream())
                .filter(secret -> !isCopy(secret) && SecretInspection.isOfSameClient(request, secret))
                .map(SecretInspection::clientSecretIdIn)
                .flatMap(Optional::stream)
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean isCopy(Secret secret) {
        var labels = secret.getMetadata().getLabels();
        return labels != null && labels.containsKey(Marks.CLAIM_UID);
    }
}
