package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.rotation.RotationMemory.OfClient;
import dev.appclients.cognito.controller.rotation.StoredRecord.Version;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import dev.appclients.cognito.status.RotationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The memory of a process, in virtual time. */
class RotationMemoryTest {

    private static final Duration SETTLED = RotationPasses.SETTLES_AFTER;
    private static final Version VERSION = new Version("record", "1");
    private static final Version NEXT = new Version("record", "2");

    private final RotationPasses time = new RotationPasses();
    private final OfClient client = time.memory.of(RotationPasses.UID);

    @Test
    void onlyAClientWithARotationIsKept() {
        assertThat(time.memory.size()).isZero();
        time.memory.keep(RotationPasses.UID, client);
        assertThat(time.memory.isKept(RotationPasses.UID)).isTrue();
        assertThat(time.memory.of(RotationPasses.UID)).isSameAs(client);
        time.memory.forget(RotationPasses.UID);
        assertThat(time.memory.size()).isZero();
        assertThat(time.memory.of(RotationPasses.UID)).isNotSameAs(client);
    }

    @Test
    void anAttemptOfAnotherProcessIsSettledAMinuteAfterItWasSeen() {
        assertThat(client.untilSettled(VERSION)).isEqualTo(SETTLED);
        time.pass(SETTLED.minusSeconds(1));
        assertThat(client.untilSettled(VERSION)).isPositive();
        time.pass(Duration.ofSeconds(1));
        assertThat(client.untilSettled(VERSION)).isZero();
    }

    @Test
    void theMinuteIsMonotonic() {
        client.untilSettled(VERSION);
        time.now = time.now.plus(Duration.ofHours(1));
        assertThat(client.untilSettled(VERSION)).isEqualTo(SETTLED);
    }

    @Test
    void anAttemptOfAnotherRecordStartsItsOwnMinute() {
        client.untilSettled(VERSION);
        time.pass(SETTLED);
        assertThat(client.untilSettled(new Version("another", "9"))).isEqualTo(SETTLED);
    }

    @Test
    void anAttemptThatEndedWithoutAnOutcomeStartsTheMinuteAgain() {
        client.untilSettled(VERSION);
        time.pass(SETTLED);
        client.settleFrom(VERSION);
        assertThat(client.untilSettled(VERSION)).isEqualTo(SETTLED);
    }

    @Test
    void aCallThatWasNotMadeNeedsNoWaitAlsoAfterTheFence() {
        client.notAttempted(VERSION);
        assertThat(client.untilSettled(VERSION)).isZero();
        assertThat(client.untilSettled(NEXT))
                .as("the record that this process wrote")
                .isZero();
        client.settleFrom(NEXT);
        assertThat(client.untilSettled(NEXT))
                .as("the record that was read again")
                .isEqualTo(SETTLED);
    }

    @Test
    void anAbsenceNeedsTwoListingsAMinuteApart() {
        client.listed("B");
        assertThat(client.isAbsenceConfirmed("B")).isFalse();
        assertThat(client.isAbsenceSuspected()).isTrue();
        time.pass(SETTLED);
        client.listed("B");
        assertThat(client.isAbsenceConfirmed("B")).isTrue();
        assertThat(client.isAbsenceConfirmed("A")).isFalse();
        client.listed(null);
        assertThat(client.isAbsenceConfirmed("B")).isFalse();
        assertThat(client.isAbsenceSuspected()).isFalse();
    }

    @Test
    void theAbsenceOfAnotherSecretNeedsTwoListingsOfItsOwn() {
        client.listed("B");
        time.pass(SETTLED);
        client.listed("C");
        assertThat(client.isAbsenceConfirmed("C")).isFalse();
        time.pass(SETTLED);
        client.listed("C");
        assertThat(client.isAbsenceConfirmed("C")).isTrue();
        assertThat(client.isAbsenceConfirmed("B")).isFalse();
    }

    @Test
    void fourAttemptsInAnHourAreTooMany() {
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(client.untilAdd()).isZero();
            client.added();
            time.pass(Duration.ofMinutes(1));
        }
        assertThat(client.untilAdd()).isEqualTo(Duration.ofMinutes(57).plusMillis(1));
        time.pass(Duration.ofMinutes(57));
        assertThat(client.untilAdd()).isPositive();
        time.pass(Duration.ofMillis(1));
        assertThat(client.untilAdd()).isZero();
    }

    @Test
    void aCallThatWasNotMadeIsNoAttempt() {
        for (int attempt = 0; attempt < 9; attempt++) {
            client.added();
            client.notAttempted(VERSION);
        }
        assertThat(client.untilAdd()).isZero();
    }

    @Test
    void theCurrentSecretIsPublishedSinceItWasFirstSeenWithoutAGap() {
        Instant first = time.now;
        assertThat(client.publishedSince("B", time.now)).isEqualTo(first);
        time.pass(Duration.ofMinutes(1));
        assertThat(client.publishedSince("B", time.now)).isEqualTo(first);
        assertThat(client.publishedSince("C", time.now)).as("another secret").isEqualTo(time.now);
        client.notPublished();
        time.pass(Duration.ofMinutes(1));
        assertThat(client.publishedSince("C", time.now)).as("after a gap").isEqualTo(time.now);
    }

    @Test
    void aHeldReportEndsWithItsTimeOrItsInput() {
        client.hold(Duration.ofMinutes(5), "input", RotationReport.NONE);
        assertThat(client.held("input")).isEqualTo(RotationReport.NONE);
        assertThat(client.held("another input")).isNull();
        time.pass(Duration.ofMinutes(4));
        assertThat(client.held("input")).isNotNull();
        assertThat(client.untilReleased()).isEqualTo(Duration.ofMinutes(1));
        time.pass(Duration.ofMinutes(1));
        assertThat(client.held("input")).isNull();
    }

    @Test
    void aHeldReportEndsByTheFirstOfBothClocks() {
        client.hold(Duration.ofHours(1), "input", RotationReport.NONE);
        time.now = time.now.plus(Duration.ofHours(1));
        assertThat(client.held("input")).isNull();
    }

    @Test
    void aDeletedSecretIsNotListedForAMinute() {
        SecretId a = new SecretId("A", time.now);
        SecretId b = new SecretId("B", time.now.plusSeconds(1));
        client.deleted("A");
        SecretListing listing = new SecretListing(List.of(a, b), time.now);

        assertThat(client.existing(listing).secrets()).containsExactly(b);
        time.pass(SETTLED.plusSeconds(1));
        assertThat(client.existing(listing).secrets()).containsExactly(a, b);
    }

    @Test
    void anAnsweredRetirementIsRemembered() {
        assertThat(client.isRetirementAnswered("A")).isFalse();
        client.answeredRetirement("A");
        assertThat(client.isRetirementAnswered("A")).isTrue();
        assertThat(client.isRetirementAnswered("B")).isFalse();
    }
}
