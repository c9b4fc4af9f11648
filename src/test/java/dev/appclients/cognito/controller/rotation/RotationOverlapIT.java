package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.NoSecretsQuota;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.simulator.LiveSecret;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The overlap runs from the last counted copy that has the new secret, and ends at maxOverlap at the latest. */
class RotationOverlapIT extends OnRotationStage {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void theOverlapEndsAfterAllCopiesHadTheNewSecretForAsLong() {
        client(SHARED);
        copy("one");
        copy("two");
        String original = liveIds().getFirst();

        String second = rotate("1");
        awaitSummary("Overlap 2/2 until ");
        assertThat(carried("one")).isEqualTo(second);
        assertThat(carried("two")).isEqualTo(second);
        awaitCarried();

        pass(Duration.ofMinutes(9));
        assertThat(liveIds()).containsExactly(original, second);
        endOverlap(second);
        stage.eventually().untilAsserted(() -> assertThat(stage.events("web")).contains("SecretRetired"));
        assertThat(stage.events("web")).doesNotContain("RetiredWithLaggingCopies");
    }

    @Test
    void aCopyThatArrivesOneMinuteBeforeTheEndLeavesAWholeOverlap() {
        client(SHARED);
        copy("one");
        copy("late");
        lock("late");
        String original = liveIds().getFirst();
        String second = rotate("1");
        awaitSummary("Overlap 1/2 until ");
        awaitClaim(team, "late", "False", "SecretImmutable");

        pass(Duration.ofMinutes(9));
        unlock("late");
        awaitSummary("Overlap 2/2 until ");
        awaitCarried();

        pass(Duration.ofMinutes(9));
        assertThat(liveIds()).containsExactly(original, second);
        pass(Duration.ofMinutes(2));
        awaitLive(second);
        awaitPhase("Steady");
    }

    @Test
    void theOverlapEndsAtItsMaximumAlthoughCopiesLag() {
        client(SHARED);
        copy("late");
        lock("late");
        String original = liveIds().getFirst();
        String second = rotate("1");
        awaitSummary("Overlap 0/1 until ");

        pass(Duration.ofMinutes(29));
        awaitPending("Rotating");
        pass(Duration.ofMinutes(2));
        assertThat(awaitPending("CopiesLagging").getMessage()).contains("1 of 1 copies");
        assertReady();
        pass(Duration.ofMinutes(27));
        assertThat(liveIds()).containsExactly(original, second);

        pass(Duration.ofMinutes(3));
        awaitLive(second);
        awaitPhase("Steady");
        awaitNotPending();
        stage.eventually()
                .untilAsserted(
                        () -> assertThat(stage.events("web")).contains("CopiesLagging", "RetiredWithLaggingCopies"));
        assertThat(stage.events("web")).doesNotContain("SecretRetired");
    }

    @Test
    void aCountedCopyThatFallsBackStartsAnotherOverlap() {
        client(SHARED);
        copy("one");
        LiveSecret original = live().getFirst();
        String second = rotate("1");
        awaitCarried();
        pass(Duration.ofMinutes(5));

        new OperatorWrites(stage.admin()).fallBackForGood(team, "one", original);
        stage.eventually().untilAsserted(() -> assertThat(isCarried()).isFalse());
        awaitSummary("Overlap 0/1 until ");
        pass(Duration.ofMinutes(4));
        unlock("one");
        awaitCarried();

        pass(Duration.ofMinutes(9));
        assertThat(liveIds()).containsExactly(original.id(), second);
        pass(Duration.ofMinutes(2));
        awaitLive(second);
    }

    @Test
    void aResumedClaimWithAnOldCopyStartsAnotherOverlap() {
        client(SHARED);
        copy("one");
        copy("resumed");
        String original = liveIds().getFirst();
        annotateClaim(team, "resumed", Annotations.PAUSED, "true");
        awaitClaim(team, "resumed", "False", "Paused");
        String second = rotate("1");
        awaitSummary("Overlap 1/1 until ");
        pass(Duration.ofMinutes(5));

        lock("resumed");
        annotateClaim(team, "resumed", Annotations.PAUSED, null);
        awaitSummary("Overlap 1/2 until ");
        stage.eventually().untilAsserted(() -> assertThat(isCarried()).isFalse());
        pass(Duration.ofMinutes(10));
        assertThat(liveIds()).containsExactly(original, second);

        unlock("resumed");
        awaitCarried();
        endOverlap(second);
    }

    @Test
    void thePreviousSecretStaysUntilTheMaximumWhileTheCopyOfAPausedClaimCarriesIt() {
        client(SHARED);
        copy("paused");
        String original = liveIds().getFirst();
        annotateClaim(team, "paused", Annotations.PAUSED, "true");
        awaitClaim(team, "paused", "False", "Paused");
        String second = rotate("1");

        pass(PAST_OVERLAP);
        pass(Duration.ofMinutes(20));
        assertThat(awaitPending("CopiesLagging").getMessage()).contains("paused claims");
        assertThat(liveIds()).containsExactly(original, second);
        assertReady();

        pass(Duration.ofMinutes(30));
        reconcile();
        awaitLive(second);
        stage.eventually().untilAsserted(() -> assertThat(stage.events("web")).contains("RetiredWithLaggingCopies"));
    }

    /** The kubelet keeps the files of a running pod when their Secret is deleted. */
    @Test
    void thePreviousSecretStaysWhileADeletedCopyCannotBeRestored() {
        client(SHARED);
        copy("deleted");
        String original = liveIds().getFirst();
        NoSecretsQuota quota = NoSecretsQuota.in(stage, team);
        deleteCopy("deleted");
        awaitClaim(team, "deleted", "False", "SecretRefused");
        String second = rotate("1");
        awaitSummary("Overlap 0/1 until ");

        pass(PAST_OVERLAP);
        assertThat(liveIds()).containsExactly(original, second);

        quota.delete();
        annotateClaim(team, "deleted", Annotations.RECONCILE_REQUESTED_AT, "now");
        awaitClaim(team, "deleted", "True", "Synced");
        awaitCarried();
        pass(Duration.ofMinutes(9));
        assertThat(liveIds()).containsExactly(original, second);
        endOverlap(second);
    }

    @Test
    void thePreviousSecretStaysWhileTheDeletedCopyOfAPausedClaimIsNotRestored() {
        client(SHARED);
        copy("paused");
        String original = liveIds().getFirst();
        annotateClaim(team, "paused", Annotations.PAUSED, "true");
        awaitClaim(team, "paused", "False", "Paused");
        deleteCopy("paused");
        String second = rotate("1");

        pass(PAST_OVERLAP);
        pass(Duration.ofMinutes(20));
        assertThat(awaitPending("CopiesLagging").getMessage()).contains("paused claims");
        assertThat(liveIds()).containsExactly(original, second);

        annotateClaim(team, "paused", Annotations.PAUSED, null);
        awaitCopy(team, "paused");
        awaitSummary("Overlap 1/1 until ");
        awaitCarried();
        pass(Duration.ofMinutes(9));
        assertThat(liveIds()).containsExactly(original, second);
        endOverlap(second);
    }

    private void deleteCopy(String name) {
        stage.admin().secrets().inNamespace(team).withName(name).delete();
    }

    @Test
    void aClaimCreatedInTheMiddleGetsTheNewSecretAndMovesNothing() {
        client(SHARED);
        copy("one");
        String second = rotate("1");
        String until = awaitEnd();
        pass(Duration.ofMinutes(5));

        copy("new");
        assertThat(carried("new")).isEqualTo(second);
        awaitSummary("Overlap 2/2 until ");

        assertThat(rotation().nextAt()).isEqualTo(until);
        pass(Duration.ofMinutes(6));
        awaitLive(second);
        assertThat(authenticates("web")).isTrue();
    }

    @Test
    void theOverlapIsReadAtEachDecision() {
        client(ROTATED);
        String original = liveIds().getFirst();
        String second = rotate("1");
        awaitCarried();

        stage.applyClient("web", WEB + "rotation: {overlap: 30m, maxOverlap: 1h}\n");
        stage.awaitReady("web");
        pass(Duration.ofMinutes(29));
        assertThat(liveIds()).containsExactly(original, second);

        stage.applyClient("web", ROTATED);
        awaitLive(second);
        awaitPhase("Steady");
    }

    @Test
    void aRotationWhoseSpecIsRemovedEndsWithTheDefaults() {
        client(ROTATED);
        String original = liveIds().getFirst();
        String second = rotate("1");
        awaitCarried();

        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        pass(Duration.ofDays(6));
        assertThat(liveIds()).containsExactly(original, second);
        awaitPhase("Overlap");

        pass(Duration.ofDays(1).plus(MINUTE));
        awaitLive(second);
        awaitPhase("Steady");
    }

    @Test
    void aSecretThatIsFoundOutdatedAfterTheMaximumLeavesItsMountsTwoMinutes() {
        client(ROTATED);
        LiveSecret original = live().getFirst();
        String second = rotate("1");
        awaitCarried();
        stage.stopOperator();
        new OperatorWrites(stage.admin()).fallBack(stage.namespace(), "web", original);
        passWithoutOperator(Duration.ofDays(3));
        stage.startOperator();

        stage.eventually().untilAsserted(() -> assertThat(published()).isEqualTo(second));
        awaitCarried();
        pass(MOUNTS_LAG);
        reconcile();
        assertThat(liveIds()).containsExactly(original.id(), second);

        pass(PAST_MOUNTS);
        awaitLive(second);
        awaitPhase("Steady");
        assertThat(stage.events("web")).doesNotContain("CopiesLagging");
    }

    @Test
    void aLeakedSecretIsDeletedAtOnceAlthoughMountsLag() {
        client(ROTATED);
        LiveSecret original = live().getFirst();
        String second = rotate("1");
        awaitCarried();
        stage.stopOperator();
        new OperatorWrites(stage.admin()).fallBack(stage.namespace(), "web", original);
        stage.annotate("web", RETIRE, original.id());
        passWithoutOperator(Duration.ofDays(3));
        stage.startOperator();

        awaitLive(second);
        awaitPhase("Steady");
        assertThat(published()).isEqualTo(second);
    }

    private void awaitSummary(String start) {
        stage.eventually()
                .untilAsserted(() -> assertThat(rotation().summary())
                        .as("status %s", stage.status("web"))
                        .startsWith(start));
    }
}
