package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.Cloner;
import java.util.ArrayList;

/**
 * Copies an object before a reconciliation, as the framework requires. Spec and status of our kinds are immutable records. The framework
 * changes only the finalizers, so the copy has its own metadata and finalizers and shares the rest. The framework's own cloner writes every
 * object to JSON and parses it, once per reconciliation.
 */
public final class MetadataCloner implements Cloner {

    private final KubernetesClient kubernetes;

    /** @param kubernetes its serialization clones the objects of other kinds */
    public MetadataCloner(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    @Override
    @SuppressWarnings("unchecked") // the copy has the class of the argument
    public <R extends HasMetadata> R clone(R object) {
        return switch (object) {
            case UserPoolClient client -> {
                UserPoolClient copy = client.copy();
                copy.setMetadata(copy(client.getMetadata()));
                yield (R) copy;
            }
            case ClientSecretClaim claim -> {
                ClientSecretClaim copy = claim.copy();
                copy.setMetadata(copy(claim.getMetadata()));
                yield (R) copy;
            }
            case ClusterUserPool pool -> {
                ClusterUserPool copy = new ClusterUserPool();
                copy.setMetadata(copy(pool.getMetadata()));
                copy.setSpec(pool.getSpec());
                copy.setStatus(pool.getStatus());
                yield (R) copy;
            }
            default -> kubernetes.getKubernetesSerialization().clone(object);
        };
    }

    private static ObjectMeta copy(ObjectMeta meta) {
        ObjectMeta copy = new ObjectMeta();
        copy.setName(meta.getName());
        copy.setNamespace(meta.getNamespace());
        copy.setGenerateName(meta.getGenerateName());
        copy.setUid(meta.getUid());
        copy.setResourceVersion(meta.getResourceVersion());
        copy.setGeneration(meta.getGeneration());
        copy.setCreationTimestamp(meta.getCreationTimestamp());
        copy.setDeletionTimestamp(meta.getDeletionTimestamp());
        copy.setDeletionGracePeriodSeconds(meta.getDeletionGracePeriodSeconds());
        copy.setSelfLink(meta.getSelfLink());
        copy.setFinalizers(meta.getFinalizers() == null ? null : new ArrayList<>(meta.getFinalizers()));
        copy.setLabels(meta.getLabels());
        copy.setAnnotations(meta.getAnnotations());
        copy.setOwnerReferences(meta.getOwnerReferences());
        copy.setManagedFields(meta.getManagedFields());
        copy.setAdditionalProperties(meta.getAdditionalProperties());
        return copy;
    }
}
