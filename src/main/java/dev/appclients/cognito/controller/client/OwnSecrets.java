package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.DeletionPolicy;
import dev.appclients.cognito.api.v1beta1.SecretSpec;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.Outputs;
import dev.appclients.cognito.controller.cluster.SecretNames;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.secret.SecretStore;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.ClientIds;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.rotation.PublishedSecretId;
import dev.appclients.cognito.secret.CarriedSecretId;
import dev.appclients.cognito.secret.SecretInspection;
import dev.appclients.cognito.secret.SecretOwner;
import dev.appclients.cognito.secret.content.Inputs;
import dev.appclients.cognito.secret.fields.FieldOwnership;
import dev.appclients.cognito.status.Outcome;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Secrets and ConfigMaps that the operator wrote for an object. Reads the app client that they record, and deletes them. */
final class OwnSecrets {

    private static final Logger LOG = LoggerFactory.getLogger(OwnSecrets.class);

    private final Outputs secrets;
    private final SecretStore secretStore;
    private final Outputs configMaps;
    private final SecretStore configMapStore;

    OwnSecrets(Outputs secrets, SecretStore secretStore, Outputs configMaps, SecretStore configMapStore) {
        this.secrets = secrets;
        this.secretStore = secretStore;
        this.configMaps = configMaps;
        this.configMapStore = configMapStore;
    }

    /**
     * Reads the app client that the object's Secret was written for. Empty if there is no such Secret, or the annotation is no longer
     * the operator's.
     */
    Optional<String> recordedClientId(UserPoolClient resource) {
        return secrets.get(resource.getMetadata().getNamespace(), SecretNames.of(resource))
                .filter(secret -> SecretInspection.obstacle(OutputRequests.owner(resource), secret) == null)
                .flatMap(SecretInspection::clientIdIn)
                .filter(ClientIds::isPossible);
    }

    /** The newest secret of this app client that the object's Secrets name; empty if they name none, or another writer changed the name. */
    Optional<PublishedSecretId> publishedSecret(UserPoolClient resource, String clientId) {
        SecretOwner owner = OutputRequests.owner(resource);
        // A Secret that is renamed exists under the former name only.
        return secrets.of(owner.namespace(), owner.uid()).stream()
                .filter(secret -> SecretInspection.obstacle(owner, secret) == null)
                .filter(secret -> SecretInspection.clientIdIn(secret).stream().anyMatch(clientId::equals))
                .flatMap(secret -> named(secret).stream())
                .max(Comparator.comparingLong(PublishedSecretId::revision));
    }

    /** Whether the object's Secret exists and does not name this client secret: it comes from a backup or from an older version. */
    boolean namesAnother(UserPoolClient resource, @Nullable String secretId) {
        return secrets.get(resource.getMetadata().getNamespace(), SecretNames.of(resource))
                .filter(secret -> !Objects.equals(secretId, CarriedSecretId.recordedIn(secret)))
                .isPresent();
    }

    private static Optional<PublishedSecretId> named(Secret secret) {
        String id = CarriedSecretId.recordedIn(secret);
        Inputs inputs = Inputs.recordedIn(secret);
        return id == null || inputs == null || !FieldOwnership.of(secret).operatorOwnsAnnotation(Marks.INPUTS)
                ? Optional.empty()
                : Optional.of(new PublishedSecretId(inputs.revision(), id, CarriedSecretId.previousRecordedIn(secret)));
    }

    /**
     * Deletes the object's Secrets and ConfigMaps after their app client was deleted, except Secrets with {@code secret.onDelete:
     * Retain}. The garbage collector does not delete them after a deletion that orphans dependents, and their credentials no longer
     * work.
     *
     * @throws StopReconciliation if the API server fails to delete one
     */
    void deleteAll(UserPoolClient resource) {
        SecretOwner owner = OutputRequests.owner(resource);
        for (Secret cached : configMaps.of(owner.namespace(), owner.uid())) {
            delete(configMapStore, owner, cached.getMetadata().getName());
        }
        SecretSpec spec = resource.getSpec().secret();
        if (spec != null && spec.onDelete() != null && spec.onDelete() != DeletionPolicy.DELETE) {
            return;
        }
        for (Secret cached : secrets.of(owner.namespace(), owner.uid())) {
            boolean formerlyRetained = cached.getMetadata().getOwnerReferences().isEmpty()
                    && !cached.getMetadata().getName().equals(SecretNames.of(resource));
            if (!formerlyRetained) {
                delete(secretStore, owner, cached.getMetadata().getName());
            }
        }
    }

    private static void delete(SecretStore store, SecretOwner owner, String name) {
        try {
            Secret live = store.read(owner.namespace(), name);
            if (live != null
                    && live.getMetadata().getDeletionTimestamp() == null
                    && SecretInspection.obstacle(owner, live) == null) {
                store.delete(live);
                LOG.info("Deleted {} {}, whose app client was deleted", store.kind(), name);
            }
        } catch (KubernetesClientException e) {
            if (!KubernetesFailure.isNotFound(e)) {
                throw StopReconciliation.with(
                        new Outcome.Deleting("The app client was deleted, but the deletion of " + store.kind() + " '"
                                + name + "' failed: " + KubernetesFailure.message(e)
                                + ". The operator retries within a minute."),
                        Pace.SOON);
            }
        }
    }
}
