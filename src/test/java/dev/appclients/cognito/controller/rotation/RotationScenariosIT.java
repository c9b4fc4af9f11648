package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.simulator.Fault;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unusual changes by users, administrators and Cognito around a rotation. */
class RotationScenariosIT extends OnRotationStage {

    @ParameterizedTest
    @EnumSource(names = {"STEADY", "OVERLAP"})
    void aClientThatReplacesALostOneHasItsOwnSecretAndIsRotatedAgain(RotationProgress progress) {
        steady();
        progress.reach(this);
        String lost = stage.status("web").clientId();
        stage.simulator().deleteClient(Stage.POOL_ID, lost);
        // The list of the secrets is the first call that shows the loss.
        stage.removeAnnotation("web", ROTATE);
        pass(Duration.ofHours(7));
        stage.awaitCondition("web", "Ready", "False", "ClientLost");

        stage.annotate("web", Annotations.RECREATE, lost);

        stage.eventually()
                .untilAsserted(() -> assertThat(stage.status("web").clientId()).isNotEqualTo(lost));
        stage.awaitReady("web");
        assertThat(authenticates("web")).isTrue();
        assertThat(published()).isEmpty();
        String original = liveIds().getFirst();
        String next = rotate("after");
        assertThat(liveIds()).containsExactly(original, next);
        endOverlap(next);
        assertThat(authenticates("web")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readyIsFalseWhileThePublishedSecretIsGoneAndCannotBeReplaced(boolean isDenied) {
        String current = steady();
        String foreign = addForeign();
        deleteForeign(current);
        Fault denied = deny(ADD);
        if (!isDenied) {
            addForeign();
        }
        pass(Duration.ofHours(7));
        reconcile();
        pass(Duration.ofMinutes(2));

        assertThat(stage.awaitCondition("web", "Ready", "False", "PublishedSecretGone")
                        .getMessage())
                .contains(current, "RotationPending");
        awaitPending(isDenied ? "AccessDenied" : "ForeignSecret");

        denied.remove();
        if (!isDenied) {
            deleteForeign(foreign);
        }
        pass(Duration.ofMinutes(61));
        reconcile();
        awaitRotated(current);
        stage.awaitReady("web");
        assertThat(authenticates("web")).isTrue();
    }

    @Test
    void twoForeignSecretsBesideASecretThatIsGoneAreNeverDeletedWithoutARecord() {
        client(ROTATED);
        String original = liveIds().getFirst();
        String second = rotate("1");
        awaitCarried();
        deleteForeign(second);
        String foreign = addForeign();
        stage.stopOperator();
        stage.deleteSecret(recordName());
        stage.startOperator();

        awaitPending("ForeignSecret");
        stage.awaitCondition("web", "Ready", "False", "PublishedSecretGone");
        pass(Duration.ofHours(2));
        reconcile();
        pass(Duration.ofHours(2));
        reconcile();
        assertThat(deletedIds()).isEmpty();
        assertThat(liveIds()).containsExactly(original, foreign);

        stage.annotate("web", RETIRE, foreign);
        awaitLive(original, awaitRotated(second));
        stage.awaitReady("web");
        assertThat(authenticates("web")).isTrue();
    }

    @Test
    void theOriginalThatIsPublishedAgainIsNotDeletedByNameWhileACopyCarriesIt() {
        client(SHARED);
        copy("late");
        lock("late");
        String original = liveIds().getFirst();
        String second = rotate("1");
        deleteForeign(second);
        reconcile();
        pass(Duration.ofMinutes(2));
        stage.eventually().untilAsserted(() -> {
            assertThat(liveIds()).hasSize(2).startsWith(original);
            assertThat(published()).isEqualTo(liveIds().getLast());
        });

        stage.annotate("web", RETIRE, original);

        assertThat(awaitPending("RetirementRefused").getMessage()).contains(original, "still carries");
        assertThat(liveIds()).startsWith(original);
        assertThat(stage.simulator()
                        .authenticate(
                                stage.status("web").clientId(),
                                dataIn(team, "late").get("client-secret")))
                .isTrue();
    }

    @Test
    void maxOverlapThatIsShortenedBelowTheElapsedTimeEndsTheOverlapWithAWarning() {
        client(SHARED);
        copy("late");
        lock("late");
        String second = rotate("1");
        pass(Duration.ofMinutes(25));

        stage.applyClient(
                "web", WEB + "rotation: {overlap: 10m, maxOverlap: 20m}\nsharing: {namespaces: {from: All}}\n");

        awaitLive(second);
        awaitPhase("Steady");
        stage.eventually().untilAsserted(() -> assertThat(stage.events("web")).contains("RetiredWithLaggingCopies"));
        assertThat(authenticates("web")).isTrue();
    }

    @Test
    void aConfidentialClientDoesNotBecomePublicDuringAnOverlap() {
        client(ROTATED);
        rotate("1");

        assertThatThrownBy(() -> stage.applyClient("web", ROTATED.replace("Confidential", "Public")))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("appType");
        assertThat(liveIds()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE", "UPDATE"})
    void aRecordThatAdmissionRejectsIsReportedAndNoValueIsLost(String operation) {
        client(ROTATED);
        String original = liveIds().getFirst();
        reject(operation);
        try {
            stage.annotate("web", ROTATE, "1");

            assertThat(awaitPending("SecretRefused").getMessage())
                    .contains(recordName(), "no such Secret here", "The operator retries within five minutes.");
            assertReady();
            assertThat(published()).isEmpty();
            assertThat(liveIds()).startsWith(original);
        } finally {
            permit();
        }
        // Past the longest pause between two attempts, and then past the time in which an unknown addition settles.
        pass(Duration.ofMinutes(6));
        reconcile();
        pass(Duration.ofMinutes(2));
        String second = awaitRotated("");
        // A secret whose value could not be recorded is deleted, and another one added.
        assertThat(liveIds()).containsExactly(original, second);
        assertThat(authenticates("web")).isTrue();
    }

    /** Rejects this operation on records, and a Secret that shows that the API server applies the policy. */
    private void reject(String operation) {
        String name = stage.namespace();
        stage.apply("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: %s}
                spec:
                  matchConstraints:
                    resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [secrets]}]
                  validations:
                    - expression: >-
                        object.metadata.name != 'probe'
                        && (object.type != 'cognito.appclients.dev/rotation' || request.operation != '%s')
                      message: no such Secret here
                """.formatted(name, operation));
        stage.apply("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: %s}
                spec:
                  policyName: %s
                  validationActions: [Deny]
                  matchResources: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}}}
                """.formatted(name, name, name));
        stage.eventually().until(this::isRejecting);
    }

    private void permit() {
        String name = stage.namespace();
        stage.admin()
                .resources(ValidatingAdmissionPolicyBinding.class)
                .withName(name)
                .delete();
        stage.admin().resources(ValidatingAdmissionPolicy.class).withName(name).delete();
        stage.eventually().until(() -> !isRejecting());
    }

    private boolean isRejecting() {
        Secret probe = new SecretBuilder()
                .withNewMetadata()
                .withNamespace(stage.namespace())
                .withName("probe")
                .endMetadata()
                .build();
        try {
            stage.admin().resource(probe).dryRun().create();
            return false;
        } catch (KubernetesClientException rejected) {
            return true;
        }
    }
}
