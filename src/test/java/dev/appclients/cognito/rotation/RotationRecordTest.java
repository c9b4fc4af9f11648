package dev.appclients.cognito.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import dev.appclients.cognito.rotation.RotationRecord.Handled;
import dev.appclients.cognito.rotation.RotationState.Overlap;
import dev.appclients.cognito.rotation.RotationState.Staged;
import dev.appclients.cognito.rotation.RotationState.Steady;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The transitions of a record. */
class RotationRecordTest {

    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private static final SecretId A = new SecretId("A", NOW.minusSeconds(9_000));
    private static final SecretId B = new SecretId("B", NOW.plusSeconds(3));
    private static final SecretListing LISTING = new SecretListing(List.of(A), NOW);

    private final RotationRecord staged = RotationRecord.original(A).staged(Cause.REQUEST, "monday", LISTING);
    private final RotationRecord added = staged.added(B);

    @Test
    void aStagedRotationKeepsTheCurrentSecretAndTheListing() {
        assertThat(staged.revision()).isEqualTo(1);
        assertThat(staged.current()).isEqualTo(A);
        assertThat(staged.state()).isEqualTo(new Staged(List.of("A"), NOW, NOW, 0, Cause.REQUEST));
        assertThat(staged.handled().request()).isEqualTo("monday");
    }

    @Test
    void aRotationOfEveryCauseHandlesAnEarlierRequest() {
        assertThat(Cause.values())
                .allSatisfy(cause -> assertThat(RotationRecord.original(A)
                                .staged(cause, "monday", LISTING)
                                .handled()
                                .request())
                        .isEqualTo("monday"));
    }

    @Test
    void eachResumptionIsAnotherRecord() {
        Instant later = NOW.plusSeconds(70);
        RotationRecord once = staged.resumed(later);

        assertThat(once.state()).isEqualTo(new Staged(List.of("A"), NOW, later, 1, Cause.REQUEST));
        assertThat(once.resumed(later)).isNotEqualTo(once);
        assertThat(RotationRecord.original(A).resumed(later)).isEqualTo(RotationRecord.original(A));
    }

    @Test
    void aClientWithoutARecordKeepsTheRevisionOfItsSecret() {
        PublishedSecretId gone = new PublishedSecretId(5, "G", "F");

        assertThat(RotationRecord.unrecorded(A, gone).revision()).isEqualTo(5);
        assertThat(RotationRecord.unrecorded(A, gone).replaced()).isEqualTo("G");
        assertThat(RotationRecord.unrecorded(A, new PublishedSecretId(5, "A", "F"))
                        .replaced())
                .isEqualTo("F");
        assertThat(RotationRecord.unrecorded(A, gone)
                        .staged(Cause.NEED, null, LISTING)
                        .added(B)
                        .revision())
                .isEqualTo(6);
    }

    @Test
    void theOriginalMayBeValidUntilTheThirdRevision() {
        assertThat(RotationRecord.unrecorded(A, null)).isEqualTo(RotationRecord.original(A));
        assertThat(RotationRecord.unrecorded(A, new PublishedSecretId(2, "G", "A")))
                .isEqualTo(RotationRecord.original(A));
        assertThat(RotationRecord.unrecorded(A, new PublishedSecretId(3, "G", "F"))
                        .revision())
                .isEqualTo(3);
    }

    @Test
    void anAddedSecretIsTheCurrentOne() {
        assertThat(added.revision()).isEqualTo(2);
        assertThat(added.current()).isEqualTo(B);
        assertThat(added.replaced()).isEqualTo("A");
        assertThat(added.state()).isEqualTo(new Overlap(A, B.created(), null, Cause.REQUEST));
        assertThat(added.isCurrent("B")).isTrue();
        assertThat(added.isCurrent("A")).isFalse();
    }

    @Test
    void theOverlapIsCountedFromTheLastCopyAndMayBeginAgain() {
        RotationRecord carried = added.carried(NOW.plusSeconds(60));

        assertThat(carried.state()).isEqualTo(new Overlap(A, B.created(), NOW.plusSeconds(60), Cause.REQUEST));
        assertThat(carried.carried(null)).isEqualTo(added);
    }

    @Test
    void theEndKeepsTheIdThatWasReplaced() {
        assertThat(added.retired()).isEqualTo(new RotationRecord(2, B, "A", added.handled(), new Steady()));
    }

    @Test
    void aRefusedRotationIsRepeated() {
        RotationRecord refused = staged.unstaged();

        assertThat(refused.state()).isEqualTo(new Steady(Cause.REQUEST));
        assertThat(refused.current()).isEqualTo(A);
        assertThat(refused.revision()).isEqualTo(1);
    }

    @Test
    void thePreviousSecretIsPublishedAgainUnderAnotherRevision() {
        RotationRecord promoted = added.promoted();

        assertThat(promoted.revision()).isEqualTo(3);
        assertThat(promoted.current()).isEqualTo(A);
        assertThat(promoted.replaced()).isEqualTo("B");
        assertThat(promoted.state()).isEqualTo(new Steady(Cause.NEED));
        assertThat(RotationRecord.published(promoted)).isEqualTo(new PublishedSecretId(3, "A", "B"));
    }

    @Test
    void aRepeatedRotationThatSucceedsIsNotRepeatedAgain() {
        RotationRecord again =
                staged.unstaged().staged(Cause.REQUEST, "monday", LISTING).added(B);

        assertThat(again.retired().state()).isEqualTo(new Steady());
    }

    @Test
    void aRecordIsRebuiltFromTheClientsSecret() {
        assertThat(RotationRecord.rebuilt(4, B, null, "monday"))
                .isEqualTo(new RotationRecord(4, B, null, new Handled("monday", null, false), new Steady()));
        assertThat(RotationRecord.rebuilt(4, B, A, null))
                .isEqualTo(
                        new RotationRecord(4, B, "A", Handled.NOTHING, new Overlap(A, B.created(), null, Cause.NEED)));
    }

    @Test
    void theOriginalIsPublishedUntilASecretIsAdded() {
        assertThat(RotationRecord.published(null)).isEqualTo(PublishedSecretId.ORIGINAL);
        assertThat(RotationRecord.published(staged)).isEqualTo(PublishedSecretId.ORIGINAL);
        assertThat(RotationRecord.published(added)).isEqualTo(new PublishedSecretId(2, "B", "A"));
    }

    @Test
    void whatCognitoTaughtIsKept() {
        RotationRecord taught = added.generatedByCognito().withRetired("X");

        assertThat(taught.handled()).isEqualTo(new Handled("monday", "X", true));
        assertThat(taught.retired().staged(Cause.REQUEST, "tuesday", LISTING).handled())
                .isEqualTo(new Handled("tuesday", "X", true));
    }

    @Test
    void noTextShowsAValue() {
        String canary = "canary0canary0canary0canary0";
        RotationValues values =
                new RotationValues(new ClientSecret(canary), new ClientSecret(canary), new ClientSecret(canary));

        assertThat(values.toString()).doesNotContain(canary);
        assertThat(RecordText.of(added)).doesNotContain(canary);
        assertThat(new RotationStep.Stage(Cause.NEED, A).toString()).doesNotContain(canary);
    }
}
