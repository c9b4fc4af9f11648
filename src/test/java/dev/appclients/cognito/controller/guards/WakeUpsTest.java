package dev.appclients.cognito.controller.guards;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WakeUpsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = START;
    private Duration set = Duration.ZERO;
    private final WakeUps wakeUps =
            new WakeUps(() -> now.plus(set), () -> Duration.between(START, now).toNanos(), Duration.ofMinutes(1));

    @Test
    void aWakeUpThatCameOrIsALittleLateIsNoReasonToRestart() {
        wakeUps.promised("came", Duration.ofSeconds(1));
        wakeUps.arrived("came");
        wakeUps.promised("late", Duration.ofSeconds(10));

        now = START.plusSeconds(70);

        assertThat(wakeUps.overdue()).isEmpty();
    }

    @Test
    void theOneThatIsLongestOverdueIsTold() {
        wakeUps.promised("first", Duration.ofSeconds(10));
        wakeUps.promised("second", Duration.ofSeconds(20));

        now = START.plusSeconds(120);

        assertThat(wakeUps.overdue()).contains(START.plusSeconds(10));
    }

    @Test
    void aClockThatIsSetIsNoDeadTimerAndHidesNone() {
        wakeUps.promised("uid", Duration.ofSeconds(10));

        set = Duration.ofHours(5);
        assertThat(wakeUps.overdue()).isEmpty();

        set = Duration.ofHours(-5);
        now = START.plusSeconds(120);
        assertThat(wakeUps.overdue()).isPresent();
    }

    @Test
    void aLaterPromiseTakesThePlaceOfTheFormer() {
        wakeUps.promised("uid", Duration.ofSeconds(10));
        wakeUps.promised("uid", Duration.ofHours(1));

        now = START.plusSeconds(600);

        assertThat(wakeUps.overdue()).isEmpty();
    }

    @Test
    void nobodyWaitsForAnObjectThatIsGone() {
        wakeUps.promised("gone", Duration.ofSeconds(10));
        now = START.plusSeconds(600);

        wakeUps.keepOnly(Set.of("another"));

        assertThat(wakeUps.overdue()).isEmpty();
    }
}
