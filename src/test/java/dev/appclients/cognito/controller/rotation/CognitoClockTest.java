package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.assertj.core.data.TemporalUnitOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cognito's time on a machine whose clock is wrong. */
class CognitoClockTest {

    private static final Instant TRUE_TIME = Instant.parse("2026-12-20T12:00:00Z");

    private Instant machine = TRUE_TIME;
    private final CognitoClock clock = new CognitoClock(() -> machine);

    @Test
    void beforeTheFirstAnswerItIsTheMachinesTime() {
        assertThat(clock.isKnown()).isFalse();
        assertThat(clock.now()).isEqualTo(machine);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600, -1, 0, 1, 3_600, 90_000})
    void anAnswerCorrectsAMachineThatIsWrong(long seconds) {
        machine = TRUE_TIME.plusSeconds(seconds);

        clock.answered(TRUE_TIME);

        assertThat(clock.isKnown()).isTrue();
        assertThat(clock.now()).isCloseTo(TRUE_TIME, nearly());
        machine = machine.plusSeconds(600);
        assertThat(clock.now()).isCloseTo(TRUE_TIME.plusSeconds(600), nearly());
    }

    @Test
    void theNextAnswerCorrectsAMachineThatIsSetMeanwhile() {
        clock.answered(TRUE_TIME);
        machine = TRUE_TIME.plusSeconds(3_600);

        clock.answered(TRUE_TIME.plusSeconds(10));

        assertThat(clock.now()).isCloseTo(TRUE_TIME.plusSeconds(10), nearly());
    }

    @Test
    void aMachineThatIsSetBackDoesNotMakeTheTimeEarlier() {
        long[] nanos = {1_000};
        CognitoClock monotonic = new CognitoClock(() -> machine, () -> nanos[0]);
        monotonic.answered(TRUE_TIME);

        nanos[0] += 600_000_000_000L;
        machine = TRUE_TIME.minusSeconds(3_600);

        assertThat(monotonic.now()).isCloseTo(TRUE_TIME.plusSeconds(600), nearly());
    }

    private static TemporalUnitOffset nearly() {
        return within(2, ChronoUnit.SECONDS);
    }
}
