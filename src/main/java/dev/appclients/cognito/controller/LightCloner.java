package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.Cloner;

/**
 * Copies an object before a pass, as the framework wants it. Our spec and status are records, which nobody can change, so only
 * the metadata is copied; the framework's own way writes every object to JSON and reads it back, once a pass.
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
                UserPoolClient copy = new UserPoolClient();
                copy.setMetadata(new ObjectMetaBuilder(client.getMetadata()).build());
                copy.setSpec(client.getSpec());
                copy.setStatus(client.getStatus());
                yield (R) copy;
            }
            case ClusterUserPool pool -> {
                ClusterUserPool copy = new ClusterUserPool();
                copy.setMetadata(new ObjectMetaBuilder(pool.getMetadata()).build());
                copy.setSpec(pool.getSpec());
                copy.setStatus(pool.getStatus());
                yield (R) copy;
            }
            default -> kubernetes.getKubernetesSerialization().clone(object);
        };
    }
}
