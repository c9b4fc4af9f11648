package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.RotationStatus;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Outcome;
import dev.appclients.cognito.status.RotationReport;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** Checks the part of a pass that concerns the rotation of the secret. */
class PassRotationTest {

    private static final RotationStatus OVERLAP = new RotationStatus("Overlap", null, null, "Overlap 1/1");
    private static final RotationReport ROTATING = new RotationReport(OVERLAP, Reason.ROTATING, "It goes on.");

    @Test
    void aPassKeepsTheRecordedRotationUntilTheRotationStep() {
        PassState pass = PassState.from(client());

        assertThat(pass.fields().rotation()).isEqualTo(new RotationStatus("Steady", null, null, null));
        assertThat(pass.fields().lastHandledRotateAt()).isEqualTo("yesterday");
        assertThat(pass.report(1, new Outcome.Paused()).rotation()).isNull();
    }

    @Test
    void theRotationStepReplacesTheRecordedRotation() {
        PassState pass = PassState.from(client());

        pass.rotation().report(ROTATING);

        assertThat(pass.fields().rotation()).isEqualTo(OVERLAP);
        assertThat(pass.fields().lastHandledRotateAt()).isEqualTo("yesterday");
        assertThat(pass.report(1, new Outcome.Paused()).rotation()).isEqualTo(ROTATING);
    }

    @Test
    void theRotationStepRemovesTheRotationOfAClientThatHasNone() {
        PassState pass = PassState.from(client());

        pass.rotation().report(RotationReport.NONE);

        assertThat(pass.fields().rotation()).isNull();
    }

    @Test
    void aRequestIsReadInTheFormThatTheStatusEchoes() {
        UserPoolClient client = client();

        assertThat(Annotations.rotateRequest(client)).isEqualTo("today");
        client.getMetadata().getAnnotations().put(Annotations.ROTATE_REQUESTED_AT, "x".repeat(2000));
        assertThat(Annotations.rotateRequest(client)).hasSizeLessThan(1024).contains("sha256");
        client.getMetadata().getAnnotations().clear();
        assertThat(Annotations.rotateRequest(client)).isNull();
    }

    private static UserPoolClient client() {
        return Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web, namespace: shop, annotations: {cognito.appclients.dev/rotate-requested-at: today}}
                spec: {userPoolRef: {name: customers}, appType: Confidential}
                status: {rotation: {phase: Steady}, lastHandledRotateAt: yesterday}
                """, UserPoolClient.class);
    }
}
