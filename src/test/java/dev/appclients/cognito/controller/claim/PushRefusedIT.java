package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controller.Rights;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A namespace that refuses a pushed claim, or that this operator does not serve, does not stop the others. */
class PushRefusedIT extends OnPushStage {

    private final List<HasMetadata> policies = new ArrayList<>();

    @AfterEach
    void removePolicies() {
        policies.forEach(policy -> stage.admin().resource(policy).delete());
        policies.clear();
    }

    @Test
    void aNamespaceThatRefusesTheClaimDoesNotStopTheOthersAndIsRetried() {
        List<String> targets = Stream.generate(this::target).limit(30).toList();
        refuseClaimsIn(targets.get(7));
        pushWeb();

        awaitCopies("29/30");
        assertThat(pushed(targets.get(7)).get()).isNull();
        assertThat(new Kubectl(stage.namespace())
                        .run("get", "upc", "web", "-o", "wide")
                        .text())
                .contains("29/30");

        removePolicies();
        awaitPushed(targets.get(7));
        awaitCopies("30/30");
    }

    @Test
    void aMissingRightToCreateClaimsIsReportedByTheClientAloneAndTheClientRecoversWithTheRight() {
        String target = target();
        try (Rights rights = Rights.without(stage.admin(), "clientsecretclaims", "create")) {
            pushWeb("push: {secret: {name: " + PUSHED + "}}");

            assertThat(stage.awaitCondition("web", "Ready", "False", "MissingPermission")
                            .getMessage())
                    .contains("lacks the verb create on clientsecretclaims of API group cognito.appclients.dev")
                    .doesNotContain(target);
            stage.awaitCondition("web", "Stalled", "True", "MissingPermission");
            stage.awaitCondition("web", "ClientSynced", "True", "Synced");
            stage.awaitCondition("web", "SecretSynced", "True", "Synced");
            stage.eventually()
                    .untilAsserted(() -> assertThat(stage.events("web")).contains("MissingPermission"));
            awaitCopies("0/1");
            aRequestedReconcileDoesNotHideTheFault();
            aRequestedCopyIsWritten();
        }
        awaitPushed(target);
        stage.awaitReady("web");
        awaitCopies("2/2");
    }

    /** The claim is in back-off then, so the operator does not try to create it. */
    private void aRequestedReconcileDoesNotHideTheFault() {
        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.eventually().until(() -> "now".equals(stage.status("web").lastHandledReconcileAt()));
        stage.awaitCondition("web", "Ready", "False", "MissingPermission");
    }

    private void aRequestedCopyIsWritten() {
        apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClientSecretClaim
                metadata: {name: requested, namespace: %1$s}
                spec: {clientRef: {namespace: %1$s, name: web}}
                """.formatted(stage.namespace()));
        stage.eventually().until(() -> stage.secret("requested") != null);
        awaitCopies("1/2");
    }

    @Test
    void onlyServedNamespacesAreReached() {
        String served = target();
        String elsewhere = target();
        stage.stopOperator();
        try (RunningOperator operator = RunningOperator.start(
                stage.simulator().endpoint(),
                RunningOperator.SetUp.of(Stage.SETTINGS).withNamespaces(Set.of(stage.namespace(), served)))) {
            pushWeb();
            awaitPushed(served);
            awaitCopies("1/1");
            assertThat(operator.gate().holds()).isTrue();
        }
        assertThat(pushed(elsewhere).get()).isNull();
    }

    private void refuseClaimsIn(String namespace) {
        policy("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: no-claims}
                spec:
                  failurePolicy: Fail
                  matchConstraints:
                    resourceRules:
                    - apiGroups: [cognito.appclients.dev]
                      apiVersions: ["*"]
                      operations: [CREATE]
                      resources: [clientsecretclaims]
                  validations:
                  - {expression: "object.metadata.namespace != '%s'", message: "no claims here"}
                """.formatted(namespace));
        policy("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: no-claims}
                spec: {policyName: no-claims, validationActions: [Deny]}
                """);
        // The API server applies a policy some time after its creation.
        stage.eventually().until(() -> {
            var probe = Serialization.<ClientSecretClaim>unmarshal("""
                    apiVersion: cognito.appclients.dev/v1beta1
                    kind: ClientSecretClaim
                    metadata: {name: probe, namespace: %s}
                    spec: {clientRef: {namespace: elsewhere, name: probe}}
                    """.formatted(namespace), ClientSecretClaim.class);
            try {
                stage.admin().resource(probe).dryRun().create();
                return false;
            } catch (KubernetesClientException refused) {
                return refused.getMessage().contains("no claims here");
            }
        });
    }

    private void policy(String yaml) {
        HasMetadata policy = Serialization.unmarshal(yaml);
        policies.add(stage.admin().resource(policy).create());
    }
}
