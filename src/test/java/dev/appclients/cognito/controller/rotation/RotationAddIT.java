package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.simulator.Fault;
import dev.appclients.cognito.simulator.Switch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers of Cognito to the addition of a secret: refused, lost, late, or with another value. */
class RotationAddIT extends OnRotationStage {

    @Test
    void aDefiniteRefusalEndsTheAttemptAndIsRetried() {
        client(ROTATED);
        String original = liveIds().getFirst();
        Fault refused = stage.simulator()
                .faults()
                .on(ADD)
                .always()
                .failBeforeCommit("NotAuthorizedException", 400, "Refused by a policy");
        stage.annotate("web", ROTATE, "1");

        stage.eventually()
                .untilAsserted(() -> assertThat(stage.condition("web", "RotationPending")
                                .orElseThrow()
                                .getMessage())
                        .contains(ADD));
        awaitPhase("Steady");
        // A retry records the next value again until Cognito has refused it.
        stage.eventually().untilAsserted(() -> assertThat(record().getData()).doesNotContainKey("next"));
        assertReady();
        stage.wake("web");
        assertThat(stage.condition("web", "RotationPending")).isPresent();
        assertThat(liveIds()).containsExactly(original);

        refused.remove();
        // Retries may have used the attempts of this hour.
        pass(Duration.ofMinutes(61));
        reconcile();
        String second = awaitRotated("");
        assertThat(liveIds()).containsExactly(original, second);
        assertThat(authenticates("web")).isTrue();
    }

    @Test
    void aScheduledRotationThatIsRefusedIsRetriedBeforeTheNextTick() {
        client(WEB + "rotation: {every: 10h, overlap: 10m, maxOverlap: 1h}\n");
        Fault denied = deny(ADD);
        pass(Duration.ofHours(2));
        pass(Duration.ofHours(10));
        awaitPending("AccessDenied");

        denied.remove();
        reconcile();

        awaitRotated("");
    }

    @ParameterizedTest
    @ValueSource(strings = {ADD, LIST})
    void aMissingRightToStartIsReportedAndTheClientStaysReady(String operation) {
        client(ROTATED);
        Fault denied = deny(operation);

        stage.annotate("web", ROTATE, "1");

        assertThat(awaitPending("AccessDenied").getMessage()).contains("cognito-idp:" + operation);
        assertReady();
        assertThat(authenticates("web")).isTrue();
        denied.remove();
        reconcile();
        awaitRotated("");
    }

    @Test
    void aMissingRightToDeleteIsReportedAndTheClientStaysReady() {
        client(ROTATED);
        String original = liveIds().getFirst();
        String second = rotate("1");
        Fault denied = deny(DELETE);

        awaitCarried();
        pass(PAST_OVERLAP);

        assertThat(awaitPending("AccessDenied").getMessage()).contains("cognito-idp:" + DELETE);
        assertReady();
        assertThat(liveIds()).containsExactly(original, second);
        denied.remove();
        reconcile();
        awaitLive(second);
        awaitPhase("Steady");
    }

    @Test
    void aLimitThatIsExceededIsJudgedByTheNextList() {
        client(ROTATED);
        Fault limited = stage.simulator()
                .faults()
                .on(ADD)
                .failBeforeCommit("LimitExceededException", 400, "Client secrets cannot exceed limit of 2 secrets.");
        stage.forgetCalls();

        String second = rotate("1");

        assertThat(limited.hits()).isEqualTo(1);
        assertThat(clientCalls()).contains(ADD).doesNotContain(DELETE);
        assertThat(liveIds()).hasSize(2).endsWith(second);
    }

    @Test
    void aSecretWhoseAnswerWasLostIsDeletedAndAddedAgain() {
        client(ROTATED);
        String original = liveIds().getFirst();
        stage.forgetCalls();
        stage.simulator().faults().on(ADD).dropAfterCommit();
        Fault nextAttempt = rotateUntilStaged("1");
        awaitPending("Rotating");
        String stray = liveIds().getLast();
        assertThat(stray).isNotEqualTo(original);
        assertThat(published()).isEmpty();
        nextAttempt.release();

        String second = awaitRotated("");

        assertThat(liveIds()).containsExactly(original, second);
        assertThat(second).isNotEqualTo(stray);
        assertThat(deletedIds()).containsExactly(stray);
        assertThat(authenticates("web")).isTrue();
        assertThat(stage.simulator().journal().of(ADD)).hasSize(2);
    }

    @Test
    void aCallThatNeverReachedCognitoIsMadeAgain() {
        client(ROTATED);
        stage.forgetCalls();
        stage.simulator().faults().on(ADD).dropBeforeCommit();

        String second = rotate("1");

        assertThat(liveIds()).hasSize(2).endsWith(second);
        assertThat(deletedIds()).isEmpty();
        assertThat(authenticates("web")).isTrue();
    }

    @Test
    void anotherProcessResumesAStagedRotation() {
        client(ROTATED);
        String original = liveIds().getFirst();
        stage.simulator().faults().on(ADD).dropAfterCommit();
        rotateUntilStaged("1").release();
        stage.restartOperator();

        String second = awaitRotated("");

        assertThat(liveIds()).containsExactly(original, second);
        assertThat(authenticates("web")).isTrue();
    }

    @Test
    void moreThanThreeAdditionsInAnHourWait() {
        client(ROTATED);
        Fault lost = stage.simulator().faults().on(ADD).always().dropBeforeCommit();
        stage.annotate("web", ROTATE, "1");

        stage.eventually().untilAsserted(() -> assertThat(lost.hits()).isEqualTo(3));
        stage.wake("web");
        stage.wake("web");

        assertThat(lost.hits()).isEqualTo(3);
        assertThat(awaitPending("Rotating").getMessage()).contains("recorded");
        assertReady();
    }

    @Test
    void cognitoGeneratesTheValueWhenItRefusesTheSuppliedOne() {
        client(ROTATED);
        String original = liveIds().getFirst();
        stage.simulator().switches().set(Switch.SUPPLIED_SECRETS_REFUSED, true);
        stage.forgetCalls();

        String second = rotate("1");

        assertThat(liveIds()).containsExactly(original, second);
        assertThat(live().getLast().generated()).isTrue();
        assertThat(authenticates("web")).isTrue();
        assertThat(stage.simulator().journal().of(ADD)).hasSize(2);
        endOverlap(second);

        stage.forgetCalls();
        String third = rotate("2");
        assertThat(stage.simulator().journal().of(ADD)).hasSize(1);
        assertThat(authenticates("web")).isTrue();
        endOverlap(third);
    }

    @Test
    void aGeneratedValueWhoseAnswerWasLostIsReplaced() {
        client(ROTATED);
        String original = liveIds().getFirst();
        stage.simulator().switches().set(Switch.SUPPLIED_SECRETS_REFUSED, true);
        stage.simulator().faults().on(ADD).call(2).dropAfterCommit();
        stage.forgetCalls();

        String second = rotate("1");

        assertThat(liveIds()).containsExactly(original, second);
        assertThat(deletedIds()).hasSize(1).doesNotContain(original, second);
        assertThat(authenticates("web")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Switch.class,
            names = {
                "CUSTOM_SECRET_ECHOED",
                "NEWEST_SECRET_DESCRIBED",
                "REMAINING_SECRET_DESCRIBED",
                "SUPPLIED_SECRETS_REFUSED",
                "SECRET_VALUES_ARE_UNIQUE",
                "ADD_AFTER_DELETE_LIMITED",
                "SECRET_LIST_LAGS",
                "SECRETS_ONE_PER_PAGE",
                "INELIGIBLE_CLIENT_IS_ACCESS_DENIED",
                "UNKNOWN_SECRET_IS_A_PARAMETER",
                "LAST_SECRET_CHECKED_FIRST",
                "SECRET_CHANGES_ARE_EXCLUSIVE",
                "DESCRIBE_LAGS",
                "REFRESH_TOKENS_END_WITH_THEIR_SECRET"
            })
    void twoRotationsEndAlsoAfterALostAnswer(Switch fact) {
        stage.simulator().switches().lag(Duration.ofMillis(300));
        client(ROTATED);
        stage.simulator().switches().set(fact, !fact.initially());

        String second = rotate("1");
        assertThat(authenticates("web")).isTrue();
        endOverlap(second);
        // Neither the lag nor the first addition counts any more: a lost answer, a refusal by the lag and the last
        // attempt are three.
        pass(Duration.ofHours(1));

        stage.simulator().faults().on(ADD).dropAfterCommit();
        stage.simulator().faults().on(DELETE).call(2).dropAfterCommit();
        String third = rotate("2");
        assertThat(authenticates("web")).isTrue();
        awaitCarried();
        pass(PAST_OVERLAP);
        stage.eventually().untilAsserted(() -> {
            reconcile();
            assertThat(rotation().phase()).isEqualTo("Steady");
        });
        assertThat(liveIds()).isEqualTo(List.of(third));
        assertThat(authenticates("web")).isTrue();
    }
}
