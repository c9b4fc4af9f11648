package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The proofs that no client was created for an object, and the time after which absence proves that a create had no effect. */
class CreateHistoryTest {

    private static final String UID = "uid";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");

    private Instant wall = SINCE;
    private Duration passed = Duration.ZERO;
    private final CreateHistory creates = new CreateHistory(MINUTE, () -> wall, () -> passed.toNanos());

    @Test
    void onlyAnObjectSeenBeforeItsFinalizerIsNew() {
        assertThat(creates.isNew(UID)).isFalse();

        creates.markNew(UID);

        assertThat(creates.isNew(UID)).isTrue();
        assertThat(creates.isNew("another")).isFalse();
    }

    @Test
    void anObjectThatAnotherProcessReconciledIsNotNew() {
        creates.markNew(UID);
        creates.takenOver(UID);

        assertThat(creates.isNew(UID)).isFalse();
    }

    @Test
    void anObjectIsNewUntilItsCreateBeginsAndAgainAfterACreateWithoutEffect() {
        creates.markNew(UID);
        creates.beginCreate(UID, SINCE);
        assertThat(creates.isNew(UID)).isFalse();

        creates.createHadNoEffect(UID);
        assertThat(creates.isNew(UID)).isTrue();
    }

    @Test
    void afterASuccessfulCreateTheObjectNeverBecomesNewAgain() {
        creates.markNew(UID);
        creates.beginCreate(UID, SINCE);
        creates.created(UID);
        creates.beginCreate(UID, SINCE.plusSeconds(1));
        creates.createHadNoEffect(UID);

        assertThat(creates.isNew(UID)).isFalse();
    }

    @Test
    void anObjectWhoseAbsenceAListConfirmedIsNew() {
        creates.confirmAbsent(UID);

        assertThat(creates.isNew(UID)).isTrue();
    }

    /** A reconciliation may end without a report, so that the status keeps the intent. */
    @Test
    void anIntentWithoutEffectDoesNotSettleAgainWhileTheStatusHasIt() {
        creates.settling(UID, SINCE);
        passed = MINUTE;
        assertThat(creates.isNew(UID, SINCE)).isFalse();

        creates.confirmAbsent(UID);
        creates.confirmAbsent(UID);

        assertThat(creates.isNew(UID, SINCE)).isTrue();
        assertThat(creates.settling(UID, SINCE).isOver()).isTrue();
        assertThat(creates.isNew(UID, null)).isTrue();
        assertThat(creates.isNew(UID, SINCE.plusSeconds(1)))
                .as("another intent")
                .isFalse();
        assertThat(creates.settling(UID, SINCE.plusSeconds(1)).left()).isEqualTo(MINUTE);
        assertThat(creates.isNew(UID, SINCE)).isFalse();
    }

    @Test
    void anOwnIntentWithoutACallDoesNotSettle() {
        creates.markNew(UID);
        creates.beginCreate(UID, SINCE);

        creates.createHadNoEffect(UID);

        assertThat(creates.isNew(UID, SINCE)).isTrue();
        creates.takenOver(UID);
        assertThat(creates.isNew(UID, SINCE)).isFalse();
        assertThat(creates.settling(UID, SINCE).left()).isEqualTo(MINUTE);
    }

    @Test
    void anOwnCreateSettlesAMinuteAfterItBeganIndependentlyOfStatusAndWallClock() {
        creates.beginCreate(UID, SINCE);
        wall = wall.plus(Duration.ofHours(9));
        passed = Duration.ofSeconds(59);
        assertThat(creates.settling(UID, null).isOver())
                .as("with a wiped status")
                .isFalse();
        assertThat(creates.settling(UID, SINCE).left()).isEqualTo(Duration.ofSeconds(1));
        assertThat(creates.settling(UID, SINCE).intent()).contains(SINCE);
        assertThat(creates.isOutcomeUnknown(UID)).isTrue();

        wall = SINCE.minus(Duration.ofHours(9));
        passed = MINUTE;
        assertThat(creates.settling(UID, SINCE).isOver()).isTrue();
        assertThat(creates.settling(UID, null).isOver()).isTrue();
        assertThat(creates.isOutcomeUnknown(UID)).isFalse();
    }

    @Test
    void aCreateWithALongCallSettlesAMinuteAfterTheCallEnded() {
        creates.beginCreate(UID, SINCE);
        passed = Duration.ofSeconds(50);
        wall = SINCE.plusSeconds(50);
        creates.created(UID);
        creates.callEnded(UID);
        passed = Duration.ofSeconds(70);
        wall = SINCE.plusSeconds(70);

        assertThat(creates.settling(UID, SINCE).left()).isEqualTo(Duration.ofSeconds(40));
        passed = Duration.ofSeconds(120);
        wall = SINCE.plusSeconds(120);
        assertThat(creates.settling(UID, SINCE).listNotBefore(wall))
                .as("a list that began during the call")
                .isEqualTo(SINCE.plusSeconds(110));
    }

    @Test
    void theEndOfACallDoesNotChangeTheIntentOfAnotherProcess() {
        creates.settling(UID, SINCE);
        passed = Duration.ofSeconds(50);
        creates.callEnded(UID);

        assertThat(creates.settling(UID, SINCE).left()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void anIntentOfAnotherProcessSettlesAMinuteAfterItWasFirstSeen() {
        for (Instant since : new Instant[] {Instant.EPOCH, SINCE.plus(Duration.ofDays(365_000))}) {
            passed = Duration.ofDays(1);
            assertThat(creates.settling(UID, since).left()).isEqualTo(MINUTE);
            passed = passed.plus(MINUTE);
            assertThat(creates.settling(UID, since).isOver()).isTrue();
        }
    }

    @Test
    void theReportedTimeDoesNotChangeFromCheckToCheck() {
        Instant until = creates.settling(UID, SINCE).until();
        passed = Duration.ofSeconds(10);
        wall = wall.plusSeconds(11);

        assertThat(creates.settling(UID, SINCE).until()).isEqualTo(until).isEqualTo(SINCE.plus(MINUTE));
    }

    @Test
    void withoutAnIntentNothingHasToSettle() {
        assertThat(creates.settling(UID, null).isOver()).isTrue();

        creates.beginCreate(UID, SINCE);
        creates.created(UID);
        assertThat(creates.isOutcomeUnknown(UID)).isFalse();
        assertThat(creates.settling(UID, null).isOver())
                .as("while a lagging list may not contain it")
                .isFalse();
    }

    @Test
    void noEntryRemainsOfADeletedObject() {
        creates.markNew(UID);
        creates.forget(UID);

        assertThat(creates.isNew(UID)).isFalse();
    }

    @Test
    void theFirstRecordedClientStaysTheObjectsOwnUntilACreateBegins() {
        creates.recordOwnClient(UID, "first");
        creates.recordOwnClient(UID, "second");
        assertThat(creates.ownClient(UID)).contains("first");

        creates.beginCreate(UID, SINCE);
        assertThat(creates.ownClient(UID)).isEmpty();

        creates.recordOwnClient(UID, "second");
        assertThat(creates.ownClient(UID)).contains("second");
    }

    @Test
    void theOwnClientIsForgottenWithTheObjectAndWhenAnotherProcessTakesOver() {
        creates.recordOwnClient(UID, "first");
        creates.takenOver(UID);
        assertThat(creates.ownClient(UID)).isEmpty();

        creates.recordOwnClient(UID, "second");
        creates.forget(UID);
        assertThat(creates.ownClient(UID)).isEmpty();
    }
}
