package dev.appclients.cognito.controller.rotation;

import static dev.appclients.cognito.controller.OnAdoptionStage.adopt;
import static dev.appclients.cognito.controller.OnAdoptionStage.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The value of a secret is lost: its Secrets are deleted, or Cognito does not tell it. */
class RotationLossIT extends OnRotationStage {

    @Test
    void aValueThatIsLostIsReplacedAtOnceWhileOneSecretIsValid() {
        String current = steady();
        String clientId = stage.status("web").clientId();

        loseBoth();

        String next = awaitRotated(current);
        assertThat(liveIds()).containsExactly(current, next);
        assertThat(authenticates("web")).isTrue();
        stage.awaitReady("web");
        endOverlap(next);
        assertThat(stage.status("web").clientId()).isEqualTo(clientId);
    }

    @Test
    void twoValuesThatAreLostAreReplacedAfterAWholeOverlap() {
        client(ROTATED);
        String original = liveIds().getFirst();
        String second = rotate("1");
        stage.forgetCalls();

        loseBoth();

        stage.awaitCondition("web", "SecretSynced", "False", "ForeignSecret");
        assertThat(liveIds()).containsExactly(original, second);
        pass(PAST_OVERLAP);
        stage.eventually().untilAsserted(() -> assertThat(deletedIds()).containsExactly(original));
        stage.awaitReady("web");
        String third = awaitRotated("");
        assertThat(liveIds()).containsExactly(second, third);
        assertThat(authenticates("web")).isTrue();
        endOverlap(third);
    }

    @Test
    void oneOfTwoValuesThatAreLostIsDeletedAtOnceOnRequest() {
        client(ROTATED);
        String original = liveIds().getFirst();
        String second = rotate("1");
        loseBoth();
        stage.awaitCondition("web", "SecretSynced", "False", "ForeignSecret");

        stage.annotate("web", RETIRE, original);

        String third = awaitRotated("");
        assertThat(liveIds()).containsExactly(second, third);
        assertThat(authenticates("web")).isTrue();
    }

    @Test
    void anAdoptedClientWhoseSecretCannotBeReadGetsAnotherOnRequestOnly() {
        AppClient legacy = rotatedByHand();
        permit(legacy);
        stage.applyClient("web", WEB + "rotation: {every: 10h, overlap: 10m, maxOverlap: 1h}\n" + adopt(legacy));
        stage.awaitCondition("web", "SecretSynced", "False", "SecretUnreadable");
        String before = liveIds().getFirst();

        pass(Duration.ofHours(2));
        pass(Duration.ofHours(20));
        assertThat(awaitPending("SecretUnreadable").getMessage()).contains(ROTATE);
        assertThat(stage.secret("web")).isNull();
        assertThat(liveIds()).containsExactly(before);

        stage.annotate("web", ROTATE, "1");
        String next = awaitRotated("");
        stage.awaitReady("web");
        assertThat(liveIds()).containsExactly(before, next);
        assertThat(authenticates("web")).isTrue();
        endOverlap(next);
        assertThat(stage.status("web").clientId()).isEqualTo(legacy.clientId());
    }

    @Test
    void anAdoptedClientWithItsOriginalSecretIsRotatedAsAnother() {
        AppClient legacy = stage.simulator().createForeignClient(Stage.POOL_ID, "legacy web");
        permit(legacy);
        client(ROTATED + adopt(legacy));

        String next = rotate("1");

        assertThat(authenticates("web")).isTrue();
        endOverlap(next);
    }

    @Test
    void aSecretThatIsNotWrittenInTimeKeepsThePreviousSecretValid() {
        client(ROTATED);
        String original = liveIds().getFirst();
        stage.simulator().faults().on(ADD).dropBeforeCommit();
        Fault nextAttempt = rotateUntilStaged("1");
        stage.editSecret("web", secret -> secret.setImmutable(true));
        nextAttempt.release();
        stage.awaitCondition("web", "SecretSynced", "False", "SecretImmutable");
        awaitPhase("Overlap");
        String second = liveIds().getLast();

        pass(PAST_OVERLAP);
        pass(Duration.ofHours(1));
        assertThat(awaitPending("CopiesLagging").getMessage()).contains("the client's Secret still has");
        assertThat(liveIds()).containsExactly(original, second);
        assertThat(authenticates("web")).isTrue();

        stage.deleteSecret("web");
        stage.eventually().untilAsserted(() -> assertThat(published()).isEqualTo(second));
        awaitCarried();
        pass(MOUNTS_LAG);
        reconcile();
        assertThat(liveIds()).containsExactly(original, second);
        pass(PAST_MOUNTS);
        awaitLive(second);
        awaitPhase("Steady");
        assertThat(authenticates("web")).isTrue();
    }

    @Test
    void aNewSecretThatIsGoneIsReplacedAlthoughThePreviousValueIsNotKnown() {
        AppClient legacy = rotatedByHand();
        permit(legacy);
        stage.applyClient("web", ROTATED + adopt(legacy));
        stage.awaitCondition("web", "SecretSynced", "False", "SecretUnreadable");
        String before = liveIds().getFirst();
        stage.annotate("web", ROTATE, "1");
        String second = awaitRotated("");
        awaitCarried();
        deleteForeign(second);

        pass(PAST_OVERLAP);
        String third = awaitRotated(second);

        assertThat(liveIds()).containsExactly(before, third);
        assertThat(authenticates("web")).isTrue();
        assertThat(stage.operator().failures().rotations("request", "reverted")).isEqualTo(1);
        assertThat(stage.operator().failures().rotations("request", "completed"))
                .isZero();
        awaitCarried();
        pass(PAST_OVERLAP);
        stage.eventually().until(() -> stage.operator().failures().rotations("need", "completed") == 1);
        // The operator neither added nor published the first one, so only a person may delete it.
        assertThat(liveIds()).containsExactly(before, third);
    }

    @Test
    void aNewSecretSurvivesARestartBeforeItsPublicationAlthoughTheFormerRecordIsLost() {
        steady();
        String second = rotate("second");
        endOverlap(second);
        stage.stopOperator();
        stage.deleteSecret(recordName());
        String foreign = addForeign();
        deleteForeign(second);
        // The operator cannot publish the next secret.
        stage.editSecret("web", secret -> secret.setImmutable(true));
        stage.startOperator();
        stage.eventually()
                .untilAsserted(() -> assertThat(stage.secret(recordName()))
                        .isNotNull()
                        .extracting(found -> stage.data(recordName()).get("state"))
                        .asString()
                        .contains("Overlap"));
        String third = liveIds().getLast();

        stage.restartOperator();
        stage.deleteSecret("web");

        stage.eventually().untilAsserted(() -> assertThat(published()).isEqualTo(third));
        assertThat(authenticates("web")).isTrue();
        assertThat(liveIds()).containsExactly(foreign, third);
    }

    private void loseBoth() {
        stage.stopOperator();
        stage.deleteSecret(recordName());
        stage.deleteSecret("web");
        stage.startOperator();
    }

    private AppClient rotatedByHand() {
        AppClient legacy = stage.simulator().createForeignClient(Stage.POOL_ID, "legacy web");
        stage.simulator().addSecret(Stage.POOL_ID, legacy.clientId(), null);
        stage.simulator()
                .removeSecret(
                        Stage.POOL_ID,
                        legacy.clientId(),
                        legacy.secrets().getFirst().id());
        return legacy;
    }

    private void permit(AppClient legacy) {
        stage.applyPool(
                Stage.POOL, ALL + "\nadoption: [" + entry(legacy.clientId(), stage.namespace(), "Manage") + "]");
    }
}
