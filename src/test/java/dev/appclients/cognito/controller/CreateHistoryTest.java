package dev.appclients.cognito.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What proves that nothing was created for an object, and when a create that is not found has come to nothing. */
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

        creates.seenUntouched(UID);

        assertThat(creates.isNew(UID)).isTrue();
        assertThat(creates.isNew("another")).isFalse();
    }

    @Test
    void anObjectThatAnotherProcessTookInHandIsNotNew() {
        creates.seenUntouched(UID);
        creates.inOtherHands(UID);

        assertThat(creates.isNew(UID)).isFalse();
    }

    @Test
    void anObjectIsNewUntilItsCreateBeginsAndAgainWhenThatCameToNothing() {
        creates.seenUntouched(UID);
        creates.begins(UID, SINCE);
        assertThat(creates.isNew(UID)).isFalse();

        creates.cameToNothing(UID);
        assertThat(creates.isNew(UID)).isTrue();
    }

    @Test
    void afterOneCreateThatWasMadeNoOtherMakesTheObjectNew() {
        creates.seenUntouched(UID);
        creates.begins(UID, SINCE);
        creates.created(UID);
        creates.begins(UID, SINCE.plusSeconds(1));
        creates.cameToNothing(UID);

        assertThat(creates.isNew(UID)).isFalse();
    }

    @Test
    void anObjectThatWasSearchedInVainIsNew() {
        creates.searchedInVain(UID);

        assertThat(creates.isNew(UID)).isTrue();
    }

    @Test
    void aCreateOfOursSettlesAMinuteAfterItBeganWhateverTheStatusAndTheClockSay() {
        creates.begins(UID, SINCE);
        wall = wall.plus(Duration.ofHours(9));
        passed = Duration.ofSeconds(59);
        assertThat(creates.settling(UID, null).isOver())
                .as("the status was wiped")
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
    void aCreateWhoseCallTookLongSettlesAMinuteAfterTheCallEndedAlsoWhenItIsKnownToBeMade() {
        creates.begins(UID, SINCE);
        passed = Duration.ofSeconds(50);
        wall = SINCE.plusSeconds(50);
        creates.created(UID);
        creates.ended(UID);
        passed = Duration.ofSeconds(70);
        wall = SINCE.plusSeconds(70);

        assertThat(creates.settling(UID, SINCE).left()).isEqualTo(Duration.ofSeconds(40));
        passed = Duration.ofSeconds(120);
        wall = SINCE.plusSeconds(120);
        assertThat(creates.settling(UID, SINCE).countsFrom(wall))
                .as("a walk that others began while the call was under way")
                .isEqualTo(SINCE.plusSeconds(110));
    }

    @Test
    void theEndOfACallIsNoneOfAnIntentThatAnotherProcessRecorded() {
        creates.settling(UID, SINCE);
        passed = Duration.ofSeconds(50);
        creates.ended(UID);

        assertThat(creates.settling(UID, SINCE).left()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void anIntentOfAnotherProcessSettlesAMinuteAfterItWasFirstSeenWhateverItSaysOfItself() {
        for (Instant since : new Instant[] {Instant.EPOCH, SINCE.plus(Duration.ofDays(365_000))}) {
            passed = Duration.ofDays(1);
            assertThat(creates.settling(UID, since).left()).isEqualTo(MINUTE);
            passed = passed.plus(MINUTE);
            assertThat(creates.settling(UID, since).isOver()).isTrue();
        }
    }

    @Test
    void whatIsToldToPeopleDoesNotMoveFromLookToLook() {
        Instant until = creates.settling(UID, SINCE).until();
        passed = Duration.ofSeconds(10);
        wall = wall.plusSeconds(11);

        assertThat(creates.settling(UID, SINCE).until()).isEqualTo(until).isEqualTo(SINCE.plus(MINUTE));
    }

    @Test
    void withoutAnIntentThereIsNothingToWaitFor() {
        assertThat(creates.settling(UID, null).isOver()).isTrue();

        creates.begins(UID, SINCE);
        creates.created(UID);
        assertThat(creates.isOutcomeUnknown(UID)).isFalse();
        assertThat(creates.settling(UID, null).isOver())
                .as("a list that lags may not show it yet")
                .isFalse();
    }

    @Test
    void nothingIsLeftOfAnObjectThatIsGone() {
        creates.seenUntouched(UID);
        creates.forget(UID);

        assertThat(creates.isNew(UID)).isFalse();
    }

    @Test
    void theFirstClientThatProvedToBeTheObjectsStaysItsOwnUntilACreateBegins() {
        creates.proved(UID, "first");
        creates.proved(UID, "second");
        assertThat(creates.provenClient(UID)).contains("first");

        creates.begins(UID, SINCE);
        assertThat(creates.provenClient(UID)).isEmpty();

        creates.proved(UID, "second");
        assertThat(creates.provenClient(UID)).contains("second");
    }

    @Test
    void whatProvedToBeTheObjectsIsForgottenWithItAndInOtherHands() {
        creates.proved(UID, "first");
        creates.inOtherHands(UID);
        assertThat(creates.provenClient(UID)).isEmpty();

        creates.proved(UID, "second");
        creates.forget(UID);
        assertThat(creates.provenClient(UID)).isEmpty();
    }
}
