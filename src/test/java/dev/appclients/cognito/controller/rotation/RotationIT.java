package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.simulator.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rotation from the request to the retirement of the old secret. */
class RotationIT extends OnRotationStage {

    @Test
    void aRequestedRotationPublishesTheNewSecretAndRetiresTheOldOneAfterTheOverlap() {
        client(ROTATED);
        String original = liveIds().getFirst();
        stage.forgetCalls();

        String added = rotate("1");

        assertThat(liveIds()).containsExactly(original, added);
        assertThat(authenticates("web")).isTrue();
        assertThat(stage.status("web").secret().source()).isEqualTo("Rotated");
        assertThat(stage.status("web").secret().secretId()).isEqualTo(added);
        assertThat(stage.status("web").lastHandledRotateAt()).isEqualTo("1");
        assertThat(rotation().summary()).startsWith("Overlap until ");
        assertThat(clientCalls())
                .isEqualTo(List.of("ListUserPoolClientSecrets", "DescribeUserPoolClient", "AddUserPoolClientSecret"));

        awaitCarried();
        pass(Duration.ofMinutes(9));
        stage.forgetCalls();
        pass(Duration.ofMinutes(2));

        stage.eventually().untilAsserted(() -> assertThat(liveIds()).containsExactly(added));
        stage.eventually().untilAsserted(() -> assertThat(rotation().phase()).isEqualTo("Steady"));
        assertThat(clientCalls()).isEqualTo(List.of("ListUserPoolClientSecrets", "DeleteUserPoolClientSecret"));
        assertThat(authenticates("web")).isTrue();
    }

    @Test
    void aPublicationByALaterReconciliationIsAnnounced() throws Exception {
        client(ROTATED);
        Fault add = stage.simulator().faults().on(ADD).pause();
        stage.annotate("web", ROTATE, "1");
        add.awaitHit(Stage.PATIENCE);
        stage.editSecret("web", secret -> secret.setImmutable(true));
        add.release();
        stage.awaitCondition("web", "Ready", "False", "SecretImmutable");
        assertThat(stage.events("web")).doesNotContain("SecretRotated");

        stage.deleteSecret("web");

        stage.eventually().untilAsserted(() -> assertThat(stage.events("web")).containsOnlyOnce("SecretRotated"));
    }

    @Test
    void theSecondRotationMakesFourCalls() {
        client(ROTATED);
        String first = rotate("1");
        awaitCarried();
        pass(Duration.ofMinutes(11));
        stage.eventually().untilAsserted(() -> assertThat(liveIds()).containsExactly(first));
        stage.forgetCalls();

        String second = rotate("2");
        awaitCarried();
        pass(Duration.ofMinutes(11));
        stage.eventually().untilAsserted(() -> assertThat(liveIds()).containsExactly(second));

        assertThat(clientCalls())
                .isEqualTo(List.of(
                        "ListUserPoolClientSecrets",
                        "AddUserPoolClientSecret",
                        "ListUserPoolClientSecrets",
                        "DeleteUserPoolClientSecret"));
    }
}
