package dev.appclients.cognito.controller.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.TestClock;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The first three restores of a Secret are due at once, later ones after growing waits. */
class RestoreHistoryTest {

    private static final String WEB = "web";

    private final TestClock clock = new TestClock();
    private final RestoreHistory restores = new RestoreHistory(OperatorSettings.DEFAULT, clock);

    @Test
    void threeRestoresWithinTheWindowAreDueAtOnceAndTheFourthAMinuteAfterTheThird() {
        for (int i = 0; i < 3; i++) {
            assertThat(restores.beforeNext(WEB)).isNull();
            restores.restored(WEB);
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(left()).isEqualTo(Duration.ofSeconds(59));
        assertThat(Objects.requireNonNull(restores.beforeNext(WEB)).until())
                .isEqualTo(clock.instant().plusSeconds(59));
        assertThat(restores.beforeNext("another")).isNull();

        clock.advance(Duration.ofSeconds(59));
        assertThat(restores.beforeNext(WEB)).isNull();
    }

    @Test
    void theWaitDoublesWithEachRestoreUpToTenMinutes() {
        contest();
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            waits.add(left());
            clock.advance(left());
            restores.restored(WEB);
        }
        assertThat(waits).extracting(Duration::toMinutes).containsExactly(1L, 2L, 4L, 8L, 10L, 10L, 10L);
    }

    @Test
    void aRestoreThatLastsEndsTheContention() {
        contest();
        clock.advance(Duration.ofMinutes(1));
        restores.restored(WEB);

        clock.advance(Duration.ofMinutes(13));

        for (int i = 0; i < 3; i++) {
            assertThat(restores.beforeNext(WEB)).as("restore " + i).isNull();
            restores.restored(WEB);
        }
        assertThat(left()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aRestoreOnRequestBeforeItIsDueDoesNotLengthenTheWait() {
        contest();
        clock.advance(Duration.ofSeconds(10));

        restores.restored(WEB);

        assertThat(left()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void restoresThatAreFarApartNeverWait() {
        for (int i = 0; i < 20; i++) {
            assertThat(restores.beforeNext(WEB)).isNull();
            restores.restored(WEB);
            clock.advance(Duration.ofMinutes(6));
        }
    }

    @Test
    void aClockThatIsSetBackEndsTheContentionBecauseItsAgeIsUnknown() {
        Instant before = clock.instant();
        contest();
        clock.advance(Duration.ofDays(-1));

        assertThat(restores.beforeNext(WEB)).isNull();
        restores.restored(WEB);
        assertThat(restores.beforeNext(WEB)).isNull();
        assertThat(clock.instant()).isBefore(before);
    }

    @Test
    void aDeletedObjectIsForgotten() {
        contest();
        restores.forget(WEB);
        assertThat(restores.beforeNext(WEB)).isNull();
    }

    private void contest() {
        for (int i = 0; i < 3; i++) {
            restores.restored(WEB);
        }
    }

    private Duration left() {
        return Objects.requireNonNull(restores.beforeNext(WEB)).left();
    }
}
