package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A schedule replaces a secret at its age, and requests wait for the end of a rotation. */
class RotationScheduleIT extends OnRotationStage {

    private static final String EVERY = WEB + "rotation: {every: 10h, overlap: 10m, maxOverlap: 1h}\n";

    @Test
    void aSecretIsReplacedAtItsAge() {
        client(EVERY);
        String original = liveIds().getFirst();
        Instant created = live().getFirst().created();
        stage.forgetCalls();

        hours(2);
        stage.eventually().untilAsserted(() -> assertThat(rotation().nextAt()).isNotNull());
        assertThat(Instant.parse(rotation().nextAt()))
                .isBetween(
                        created.plus(Duration.ofHours(10)).minusSeconds(2),
                        created.plus(Duration.ofHours(10)).plusSeconds(2));
        assertThat(rotation().summary()).startsWith("due ");
        hours(7);
        assertThat(clientCalls()).containsExactly(LIST);
        assertThat(liveIds()).containsExactly(original);

        hours(3);
        String second = awaitRotated("");
        assertThat(liveIds()).containsExactly(original, second);
        endOverlap(second);
        stage.eventually()
                .untilAsserted(() ->
                        assertThat(stage.events("web")).contains("RotationStarted", "SecretRotated", "SecretRetired"));
    }

    @Test
    void theAgeCountsFromTheDateOfTheCurrentSecret() {
        client(EVERY);
        hours(6);
        String second = rotate("1");
        endOverlap(second);

        hours(6);
        hours(2);
        assertThat(liveIds()).containsExactly(second);

        hours(3);
        String third = awaitRotated(second);
        assertThat(liveIds()).containsExactly(second, third);
    }

    @Test
    void aClientWithoutAScheduleIsNeverRotated() {
        client(ROTATED);
        stage.forgetCalls();

        for (int times = 0; times < 3; times++) {
            hours(24 * 1_000);
        }

        assertThat(clientCalls()).containsOnly("DescribeUserPoolClient");
        assertThat(published()).isEmpty();
    }

    @Test
    void aScheduleThatIsRemovedStartsNothing() {
        client(EVERY);
        hours(2);
        stage.applyClient("web", ROTATED);
        stage.awaitReady("web");
        stage.forgetCalls();

        hours(20);

        assertThat(clientCalls()).isEmpty();
        assertThat(published()).isEmpty();
    }

    @Test
    void aRequestDuringAnOverlapWaitsSaysUntilWhenAndTheLastOneCounts() {
        client(ROTATED);
        String first = rotate("1");

        stage.annotate("web", ROTATE, "2");
        stage.annotate("web", ROTATE, "3");
        stage.eventually()
                .untilAsserted(() -> assertThat(awaitPending("Rotating").getMessage())
                        .contains("deletes it at ")
                        .contains("starts the rotation that was requested meanwhile after the overlap"));
        assertThat(stage.status("web").lastHandledRotateAt()).isEqualTo("1");
        assertThat(published()).isEqualTo(first);

        awaitCarried();
        pass(PAST_OVERLAP);
        String second = awaitRotated(first);
        assertThat(liveIds()).containsExactly(first, second);
        stage.eventually()
                .untilAsserted(() ->
                        assertThat(stage.status("web").lastHandledRotateAt()).isEqualTo("3"));

        endOverlap(second);
        assertThat(published()).isEqualTo(second);
    }

    @Test
    void aRequestWhileTheNextSecretIsStagedWaits() {
        client(ROTATED);
        var lost = stage.simulator().faults().on(ADD).dropBeforeCommit();
        Fault nextAttempt = rotateUntilStaged("1");
        assertThat(lost.hits()).isEqualTo(1);

        stage.annotate("web", ROTATE, "2");
        nextAttempt.release();
        String first = awaitRotated("");
        assertThat(stage.status("web").lastHandledRotateAt()).isEqualTo("1");

        awaitCarried();
        pass(PAST_OVERLAP);
        String second = awaitRotated(first);
        assertThat(stage.status("web").lastHandledRotateAt()).isEqualTo("2");
        assertThat(liveIds()).containsExactly(first, second);
    }

    @Test
    void aRequestWithoutASpecRotatesWithTheDefaults() {
        client(WEB);
        String original = liveIds().getFirst();

        String second = rotate("1");
        awaitCarried();

        pass(Duration.ofDays(6));
        assertThat(liveIds()).containsExactly(original, second);
        pass(Duration.ofDays(2));
        awaitLive(second);
        awaitPhase("Steady");
    }

    private void hours(int hours) {
        pass(Duration.ofHours(hours));
    }
}
