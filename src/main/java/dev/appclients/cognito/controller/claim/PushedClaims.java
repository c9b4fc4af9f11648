package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaimSpec;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;

/** Writes the claims of pushes on the API server. */
final class PushedClaims {

    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient kubernetes;

    PushedClaims(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    /**
     * Creates a claim. It has no owner reference: Kubernetes deletes an object whose owner is in another namespace.
     *
     * @throws KubernetesClientException with code 409 if a claim has the name; the operator does not change it
     */
    void create(String namespace, String name, ClientSecretClaimSpec spec) {
        ClientSecretClaim claim = new ClientSecretClaim();
        claim.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace)
                .addToLabels(Marks.PUSHED, "true")
                .build());
        claim.setSpec(spec);
        kubernetes.resource(claim).create();
    }

    /**
     * Replaces the spec of exactly this version of a claim. Deletes the claim if the API server refuses the change, because no type may
     * change without the name. The next batch then creates it.
     */
    void restore(ClientSecretClaim edited, ClientSecretClaimSpec spec) {
        String version = edited.getMetadata().getResourceVersion();
        var patch = List.of(
                // The API server answers 409 if the claim has another version. No two objects share a version.
                Map.of("op", "replace", "path", "/metadata/resourceVersion", "value", version),
                Map.of("op", "replace", "path", "/spec", "value", spec));
        try {
            kubernetes
                    .resource(edited)
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.JSON)
                                    .withFieldManager(Marks.FIELD_MANAGER)
                                    .build(),
                            kubernetes.getKubernetesSerialization().asJson(patch));
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != UNPROCESSABLE) {
                throw refused;
            }
            delete(edited);
        }
    }

    private void delete(ClientSecretClaim claim) {
        try {
            kubernetes
                    .resource(claim)
                    .lockResourceVersion(claim.getMetadata().getResourceVersion())
                    .delete();
        } catch (KubernetesClientException gone) {
            if (!KubernetesFailure.isNotFound(gone)) {
                throw gone;
            }
        }
    }
}
