package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.Cloner;
import java.util.ArrayList;

/**
 * Copies an object before a pass, as the framework wants it. Our spec and status are records, which nobody can change, so only
 * the metadata is copied, and of that only the finalizers, which are the only part that the framework changes. The copies of ten
 * thousand queued passes share the rest. The framework's own way writes every object to JSON and reads it back, once a pass.
 */
public final class LightCloner implements Cloner {

    private final KubernetesClient kubernetes;

    /** @param kubernetes copies what is not ours, in the framework's own way */
    public LightCloner(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    @Override
    @SuppressWarnings("unchecked") // the copy is of the class that was given
    public <R extends HasMetadata> R clone(R object) {
        return switch (object) {
            case UserPoolClient client -> {
                UserPoolClient copy = client.copy();
                copy.setMetadata(copy(client.getMetadata()));
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
