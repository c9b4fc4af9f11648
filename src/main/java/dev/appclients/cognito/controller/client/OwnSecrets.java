package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.DeletionPolicy;
import dev.appclients.cognito.api.v1beta1.SecretSpec;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.secret.SecretStore;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.ClientIds;
import dev.appclients.cognito.secret.SecretInspection;
import dev.appclients.cognito.secret.SecretOwner;
import dev.appclients.cognito.status.Outcome;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Secrets that the operator wrote for an object. Reads the app client that they record, and deletes them. */
final class OwnSecrets {

    private static final Logger LOG = LoggerFactory.getLogger(OwnSecrets.class);

    private final KubernetesView kubernetes;
    private final SecretStore secrets;

    OwnSecrets(KubernetesView kubernetes, SecretStore secrets) {
        this.kubernetes = kubernetes;
        this.secrets = secrets;
    }

    /**
     * The app client that the object's Secret was written for. Empty if there is no such Secret, or the annotation is no longer
     * the operator's.
     */
    Optional<String> recordedClientId(UserPoolClient resource) {
        return kubernetes
                .secret(resource.getMetadata().getNamespace(), secretName(resource))
                .filter(secret -> SecretInspection.obstacle(owner(resource), secret) == null)
                .flatMap(SecretInspection::clientIdIn)
                .filter(ClientIds::isPossible);
    }

    /**
     * Deletes the object's Secrets after their app client was deleted, except with {@code secret.onDelete: Retain}. The garbage
     * collector does not delete them after a deletion that orphans dependents, and their credentials no longer work.
     *
     * @throws StopReconciliation if the API server fails to delete one
     */
    void deleteAll(UserPoolClient resource) {
        var meta = resource.getMetadata();
        SecretSpec spec = resource.getSpec().secret();
        if (spec != null && spec.onDelete() != null && spec.onDelete() != DeletionPolicy.DELETE) {
            return;
        }
        for (Secret cached : kubernetes.secretsOf(meta.getNamespace(), meta.getUid())) {
            boolean formerlyRetained = cached.getMetadata().getOwnerReferences().isEmpty()
                    && !cached.getMetadata().getName().equals(secretName(resource));
            if (!formerlyRetained) {
                delete(resource, cached.getMetadata().getName());
            }
        }
    }

    private void delete(UserPoolClient resource, String name) {
        try {
            Secret live = secrets.read(resource.getMetadata().getNamespace(), name);
            if (live != null
                    && live.getMetadata().getDeletionTimestamp() == null
                    && SecretInspection.obstacle(owner(resource), live) == null) {
                secrets.delete(live);
                LOG.info("Deleted Secret {}, whose app client was deleted", name);
            }
        } catch (KubernetesClientException e) {
            if (!KubernetesFailure.isNotFound(e)) {
                throw StopReconciliation.with(
                        new Outcome.Deleting("The app client was deleted, but the deletion of Secret '" + name
                                + "' failed: " + e.getMessage() + ". The operator retries within a minute."),
                        Pace.SOON);
            }
        }
    }

    /** The name of the object's Secret. */
    static String secretName(UserPoolClient resource) {
        SecretSpec spec = resource.getSpec().secret();
        return spec == null || spec.name() == null ? resource.getMetadata().getName() : spec.name();
    }

    /** The object as the owner of its Secrets. */
    static SecretOwner owner(UserPoolClient resource) {
        var meta = resource.getMetadata();
        return SecretOwner.userPoolClient(meta.getNamespace(), meta.getName(), meta.getUid());
    }
}
