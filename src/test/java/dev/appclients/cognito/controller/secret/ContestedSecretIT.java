package dev.appclients.cognito.controller.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The operator pauses the restores of a contested Secret, reports until when, and restores it then or on request. */
class ContestedSecretIT extends OnStage {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    @Override
    public OperatorSettings settings() {
        return Stage.SETTINGS.withRestoreWindow(FIRST_WAIT.multipliedBy(10));
    }

    @Test
    void aSecretThatWasDeletedFourTimesIsRestoredAtTheTimeInTheMessage() {
        Map<String, String> before = published();

        deleteUntilContested();

        assertThat(stage.awaitCondition("web", "Ready", "False", "SecretContested")
                        .getMessage())
                .contains("Secret 'web' is contested", restoredAt(FIRST_WAIT))
                .doesNotContain("five minutes");
        assertThat(stage.secret("web")).isNull();
        assertThat(stage.calls()).as("calls while the operator waits").isEmpty();

        // Only the operator's timer triggers the reconciliation.
        clock.advance(FIRST_WAIT);
        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).isEqualTo(before));
        stage.awaitReady("web");
    }

    @Test
    void theWaitDoublesWhenTheSecretIsDeletedAgain() {
        published();
        deleteUntilContested();
        clock.advance(FIRST_WAIT);
        stage.eventually().until(() -> stage.secret("web") != null);
        stage.awaitReady("web");

        stage.deleteSecret("web");

        assertThat(stage.awaitCondition("web", "Ready", "False", "SecretContested")
                        .getMessage())
                .contains(restoredAt(FIRST_WAIT.multipliedBy(2)));
    }

    @Test
    void aReconcileRequestRestoresAContestedSecretAtOnce() {
        Map<String, String> before = published();
        deleteUntilContested();
        stage.awaitCondition("web", "Ready", "False", "SecretContested");

        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "it is over");

        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).isEqualTo(before));
        assertThat(stage.awaitReady("web").lastHandledReconcileAt()).isEqualTo("it is over");
    }

    @Test
    void aReconcileRequestRestoresAValueThatAnotherManagerKeepsChanging() {
        Map<String, String> before = published();
        for (int i = 0; i < 3; i++) {
            stage.applySecretAs("another-tool", "web", "stringData: {client-secret: forged-" + i + "}");
            stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).isEqualTo(before));
        }
        stage.applySecretAs("another-tool", "web", "stringData: {client-secret: forged}");
        assertThat(stage.awaitCondition("web", "Ready", "False", "SecretContested")
                        .getMessage())
                .contains("another-tool", restoredAt(FIRST_WAIT));

        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "it is over");

        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).isEqualTo(before));
        stage.awaitReady("web");
    }

    private String restoredAt(Duration wait) {
        return "restores it at "
                + clock.instant().plus(wait).plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS)
                + ", or at once when the annotation cognito.appclients.dev/reconcile-requested-at gets a new value.";
    }

    private void deleteUntilContested() {
        for (int i = 0; i < 3; i++) {
            stage.deleteSecret("web");
            stage.eventually().until(() -> stage.secret("web") != null);
        }
        stage.eventually()
                .untilAsserted(() -> assertThat(stage.events("web")).hasSize(3).containsOnly("SecretRestored"));
        stage.awaitReady("web");
        stage.wake("web");
        stage.forgetCalls();
        stage.deleteSecret("web");
    }

    private Map<String, String> published() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        stage.wake("web");
        return stage.data("web");
    }
}
