package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClaimedSecretStatus;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.controller.secret.SecretStore;
import dev.appclients.cognito.controller.secret.SecretWriter;
import dev.appclients.cognito.secret.SecretInspection;
import dev.appclients.cognito.secret.SecretOwner;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Secrets that the operator wrote for a claim. Finds them by their mark, proves that they are the claim's, and deletes them. */
final class Copies {

    private static final Logger LOG = LoggerFactory.getLogger(Copies.class);

    private final KubernetesView cached;
    private final SecretStore secrets;
    private final SecretWriter writer;

    Copies(KubernetesView cached, SecretStore secrets, SecretWriter writer) {
        this.cached = cached;
        this.secrets = secrets;
        this.writer = writer;
    }

    /** The copies of the claim in the cache, under any name. */
    List<Secret> of(ClientSecretClaim claim) {
        SecretOwner owner = CopySource.owner(claim);
        return cached.copiesOf(owner.namespace(), owner.uid()).stream()
                .filter(secret -> SecretInspection.obstacle(owner, secret) == null)
                .toList();
    }

    /** Whether the claim may have a copy, by the cache or by its status. The cache may be behind. */
    boolean mayExist(ClientSecretClaim claim) {
        return recordedName(claim) != null || !of(claim).isEmpty();
    }

    /** Deletes every copy of the claim. */
    void deleteAll(ClientSecretClaim claim) {
        deleteExcept(claim, null);
        String recorded = recordedName(claim);
        boolean isCached = recorded != null
                && cached.secret(claim.getMetadata().getNamespace(), recorded).isPresent();
        if (recorded != null && !isCached) {
            writer.remove(CopySource.owner(claim), recorded);
        }
    }

    /** Deletes the copies under former names. */
    void deleteFormer(ClientSecretClaim claim, String currentName) {
        deleteExcept(claim, currentName);
    }

    private void deleteExcept(ClientSecretClaim claim, @Nullable String name) {
        of(claim).stream()
                .filter(secret -> !secret.getMetadata().getName().equals(name))
                .filter(secret -> secret.getMetadata().getDeletionTimestamp() == null)
                .forEach(secret -> delete(claim, secret));
    }

    /** Deletes the version that was inspected. Another version is read and inspected first. */
    private void delete(ClientSecretClaim claim, Secret inspected) {
        String name = inspected.getMetadata().getName();
        try {
            secrets.delete(inspected);
        } catch (KubernetesClientException e) {
            if (!KubernetesFailure.isStale(e)) {
                throw e;
            }
            writer.remove(CopySource.owner(claim), name);
        }
        LOG.info("Deleted the copy {}", name);
    }

    private static @Nullable String recordedName(ClientSecretClaim claim) {
        var status = claim.getStatus();
        ClaimedSecretStatus recorded = status == null ? null : status.secret();
        return recorded == null ? null : recorded.name();
    }
}
