package dev.appclients.cognito.controller;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;

/** A ResourceQuota with which the API server refuses every new Secret of a namespace. */
public final class NoSecretsQuota {

    private static final Map<String, Quantity> NONE = Map.of("count/secrets", new Quantity("0"));

    private final Stage stage;
    private final String namespace;
    private final Resource<ResourceQuota> quota;

    private NoSecretsQuota(Stage stage, String namespace) {
        this.stage = stage;
        this.namespace = namespace;
        quota = stage.admin()
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("no-secrets")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withHard(NONE)
                        .endSpec()
                        .build());
    }

    /** Creates the quota, and waits until the API server applies it. */
    public static NoSecretsQuota in(Stage stage, String namespace) {
        NoSecretsQuota created = new NoSecretsQuota(stage, namespace);
        created.quota.create();
        // The test control plane has no quota controller.
        created.quota.editStatus(found -> found.edit()
                .withNewStatus()
                .withHard(NONE)
                .withUsed(NONE)
                .endStatus()
                .build());
        stage.eventually().until(created::isForbidden);
        return created;
    }

    /** Deletes the quota, and waits until the API server no longer applies it. */
    public void delete() {
        quota.delete();
        stage.eventually().until(() -> !isForbidden());
    }

    private boolean isForbidden() {
        try {
            stage.admin()
                    .resource(new SecretBuilder()
                            .withNewMetadata()
                            .withName("probe")
                            .withNamespace(namespace)
                            .endMetadata()
                            .build())
                    .dryRun()
                    .create();
            return false;
        } catch (KubernetesClientException e) {
            return e.getCode() == 403;
        }
    }
}
