package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.controller.Stage;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/** An admission policy that refuses every write of the status of one object until it is closed. */
final class RefusedStatuses implements AutoCloseable {

    static final String WORDS = "this object has no writable status";

    private final Stage stage;
    private final HasMetadata object;
    private final List<HasMetadata> policy;

    private RefusedStatuses(Stage stage, HasMetadata object) {
        this.stage = stage;
        this.object = object;
        String name = "refuse-" + object.getMetadata().getUid();
        policy = List.of(
                Serialization.<HasMetadata>unmarshal(
                        """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: %s}
                spec:
                  matchConstraints:
                    resourceRules:
                    - apiGroups: [cognito.appclients.dev]
                      apiVersions: ["*"]
                      operations: [UPDATE]
                      resources: [userpoolclients/status, clusteruserpools/status]
                  validations:
                  - expression: object.metadata.uid != '%s'
                    message: %s
                """.formatted(name, object.getMetadata().getUid(), WORDS)),
                Serialization.<HasMetadata>unmarshal("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: %1$s}
                spec: {policyName: %1$s, validationActions: [Deny]}
                """.formatted(name)));
    }

    /** Returns when the API server refuses the status. */
    static RefusedStatuses of(Stage stage, HasMetadata object) {
        RefusedStatuses refused = new RefusedStatuses(stage, object);
        refused.policy.forEach(part -> stage.admin().resource(part).serverSideApply());
        stage.eventually().until(refused::isRefused);
        return refused;
    }

    private boolean isRefused() {
        KubernetesClient admin = stage.admin();
        try {
            admin.resource(object)
                    .subresource("status")
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.JSON_MERGE)
                                    .withDryRun(List.of("All"))
                                    .build(),
                            "{\"status\":{\"observedGeneration\":0}}");
            return false;
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getMessage()).contains(WORDS);
        }
    }

    /** Returns when the API server accepts the status again. */
    @Override
    public void close() {
        policy.forEach(part -> stage.admin().resource(part).delete());
        stage.eventually().until(() -> !isRefused());
    }
}
