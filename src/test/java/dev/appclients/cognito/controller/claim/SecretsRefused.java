package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.controller.Stage;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;

/** An admission policy that refuses to create or change Secrets in a namespace, until it is closed. */
final class SecretsRefused implements AutoCloseable {

    static final String MESSAGE = "no changes of Secrets here";

    private final Stage stage;
    private final String namespace;
    private final List<HasMetadata> policies;

    /** Returns when the API server applies the policy, which it does some time after its creation. */
    SecretsRefused(Stage stage, String namespace) {
        this.stage = stage;
        this.namespace = namespace;
        policies = Stream.of("""
                        apiVersion: admissionregistration.k8s.io/v1
                        kind: ValidatingAdmissionPolicy
                        metadata: {name: no-secrets-%1$s}
                        spec:
                          failurePolicy: Fail
                          matchConstraints:
                            resourceRules:
                            - apiGroups: [""]
                              apiVersions: [v1]
                              operations: [CREATE, UPDATE]
                              resources: [secrets]
                          validations:
                          - {expression: "object.metadata.namespace != '%1$s'", message: "%2$s"}
                        """, """
                        apiVersion: admissionregistration.k8s.io/v1
                        kind: ValidatingAdmissionPolicyBinding
                        metadata: {name: no-secrets-%1$s}
                        spec: {policyName: no-secrets-%1$s, validationActions: [Deny]}
                        """)
                .map(yaml -> stage.admin()
                        .resource(Serialization.<HasMetadata>unmarshal(yaml.formatted(namespace, MESSAGE)))
                        .create())
                .toList();
        stage.eventually().until(this::isApplied);
    }

    private boolean isApplied() {
        Secret probe = Serialization.unmarshal("""
                apiVersion: v1
                kind: Secret
                metadata: {name: probe, namespace: %s}
                """.formatted(namespace), Secret.class);
        try {
            stage.admin().resource(probe).dryRun().create();
            return false;
        } catch (KubernetesClientException refused) {
            return String.valueOf(refused.getMessage()).contains(MESSAGE);
        }
    }

    @Override
    public void close() {
        policies.forEach(policy -> stage.admin().resource(policy).delete());
        stage.eventually().until(() -> !isApplied());
    }
}
