package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another writer deletes or edits the client's Secret and the record while a rotation is in progress. */
class RotationRestoreIT extends OnRotationStage {

    private String clientId = "";

    @AfterEach
    void noClientIdChanges() {
        assertThat(stage.status("web").clientId()).isEqualTo(clientId);
        assertThat(stage.cognito()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void theSecretIsRestoredFromTheRecordWithoutACall(RotationProgress progress) {
        reach(progress);
        Map<String, String> data = stage.data("web");
        String id = published();
        stage.forgetCalls();

        for (int times = 0; times < 50; times++) {
            stage.deleteSecret("web");
            awaitRestored(data);
            edit(secret -> secret.put("client-secret", "eA=="));
            awaitRestored(data);
        }
        edit(secret -> secret.remove("client-id"));
        awaitRestored(data);

        assertThat(published()).isEqualTo(id);
        // In the minutes that pass, the slot of the regular listing may begin.
        assertThat(clientCalls()).isIn(List.of(), List.of("ListUserPoolClientSecrets"));
        progress.complete(this);
    }

    /** The operator does not wait before it restores the Secret again, because its time passes. */
    private void awaitRestored(Map<String, String> data) {
        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).isEqualTo(data));
        stage.simulator().clock().advance(Duration.ofSeconds(2));
        clock.advance(Duration.ofSeconds(2));
    }

    @Override
    public OperatorSettings settings() {
        return super.settings().withRestoreWindow(Duration.ofSeconds(1));
    }

    private void edit(Consumer<Map<String, String>> change) {
        stage.editSecret("web", secret -> change.accept(secret.getData()));
    }

    @ParameterizedTest
    @EnumSource
    void theRotationEndsAlthoughTheRecordWasDeleted(RotationProgress progress) {
        reach(progress);
        Map<String, String> data = stage.data("web");

        stage.deleteSecret(recordName());
        stage.wake("web");

        assertThat(stage.data("web")).isEqualTo(data);
        progress.complete(this);
        assertThat(record()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void theRotationEndsAlthoughTheRecordWasEdited(RotationProgress progress) {
        reach(progress);
        Map<String, String> data = stage.data("web");

        stage.editSecret(recordName(), record -> {
            record.getData().put("current", "eA==");
            record.getData().put("state", "e30=");
        });
        stage.wake("web");

        assertThat(stage.data("web")).isEqualTo(data);
        progress.complete(this);
        assertThat(stage.data(recordName()).get("current"))
                .isEqualTo(stage.data("web").get("client-secret"));
    }

    @ParameterizedTest
    @EnumSource(names = {"STEADY", "STAGED"})
    void theRotationEndsAlthoughSecretAndRecordWereDeleted(RotationProgress progress) {
        reach(progress);

        stage.stopOperator();
        stage.deleteSecret(recordName());
        stage.deleteSecret("web");
        stage.simulator().faults().clear();
        stage.startOperator();

        stage.eventually()
                .untilAsserted(() -> assertThat(published()).isEqualTo(liveIds().getLast()));
        assertThat(authenticates("web")).isTrue();
        String current = published();
        endOverlap(current);
        assertThat(authenticates("web")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"OVERLAP"})
    void aRestartInTheMiddleChangesNothing(RotationProgress progress) {
        reach(progress);
        String id = published();
        stage.forgetCalls();

        stage.restartOperator();
        stage.wake("web");

        assertThat(published()).isEqualTo(id);
        assertThat(clientCalls()).isEmpty();
        progress.complete(this);
    }

    private void reach(RotationProgress progress) {
        steady();
        clientId = stage.status("web").clientId();
        progress.reach(this);
    }
}
