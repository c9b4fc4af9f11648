package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A newer version of the operator wrote the record, and this version runs after a downgrade. It changes no such record. */
class NewerRecordIT extends OnRotationStage {

    @Test
    void theRotationIsBlockedAndTheRecordStaysUntilAPersonDeletesIt() {
        String current = steady();
        stage.stopOperator();
        write(recordedState().replace("\"Steady\"", "\"Tomorrow\""));
        Secret newer = record();
        stage.startOperator();

        stage.annotate("web", ROTATE, "2");
        assertThat(awaitPending("NewerRecord").getMessage()).contains(recordName(), "Upgrade the operator");
        assertThat(rotation().phase()).isEqualTo("Blocked");
        assertReady();
        stage.forgetCalls();
        pass(Duration.ofHours(7));
        reconcile();
        assertThat(record()).isEqualTo(newer);
        assertThat(liveIds()).containsExactly(current);
        assertThat(clientCalls()).doesNotContain(LIST, ADD, DELETE);

        stage.deleteSecret(recordName());
        reconcile();
        String next = awaitRotated(current);
        endOverlap(next);
        assertThat(authenticates("web")).isTrue();
    }

    @Test
    void aSecretThatIsDeletedMeanwhileIsRestoredAfterTheUpgrade() {
        String current = steady();
        String known = recordedState();
        stage.stopOperator();
        write(known.replace("{\"phase\"", "{\"version\":2,\"phase\""));
        Secret newer = record();
        stage.deleteSecret("web");
        stage.startOperator();

        awaitPending("NewerRecord");
        stage.awaitCondition("web", "SecretSynced", "False", "SecretUnreadable");
        reconcile();
        assertThat(record()).isEqualTo(newer);
        assertThat(stage.secret("web")).isNull();
        assertThat(liveIds()).containsExactly(current);

        write(known);
        reconcile();
        stage.eventually().untilAsserted(() -> assertThat(published()).isEqualTo(current));
        awaitNotPending();
        assertThat(authenticates("web")).isTrue();
        stage.awaitReady("web");
    }

    private String recordedState() {
        return stage.data(recordName()).get("state");
    }

    private void write(String state) {
        new OperatorWrites(stage.admin()).recordState(stage.namespace(), recordName(), state);
    }
}
