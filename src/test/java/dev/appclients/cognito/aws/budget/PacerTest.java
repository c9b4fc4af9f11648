package dev.appclients.cognito.aws.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1000 * MILLI;

    @ParameterizedTest
    @ValueSource(doubles = {1, 4, 5, 12, 15, 480})
    void noWindowOfOneSecondHoldsMoreGrantsThanTheLimitHoweverLateTheyAre(double perSecond) {
        Random random = new Random(42);
        Pacer pacer = new Pacer(perSecond);
        List<Long> grants = new ArrayList<>();
        for (long now = 0; now < 100 * SECOND; ) {
            pacer.grant(now);
            grants.add(now);
            now = Math.max(now, pacer.readyAt()) + (long) (random.nextDouble() * 40 * MILLI);
        }
        assertThat(mostInOneSecond(grants)).isLessThanOrEqualTo((int) perSecond);
    }

    @Test
    void aBacklogIsServedAtNinetyEightPercentOfTheLimitEvenWhenEveryGrantIsLate() {
        Pacer pacer = new Pacer(5);
        long now = 0;
        for (int i = 0; i < 1000; i++) {
            now = Math.max(now, pacer.readyAt()) + 10 * MILLI;
            pacer.grant(now);
        }
        assertThat(now).isBetween(199 * SECOND, 205 * SECOND);
    }

    @Test
    void idleTimeAccumulatesNoGrants() {
        Pacer pacer = new Pacer(5);
        pacer.grant(0);
        pacer.grant(100 * SECOND);
        assertThat(pacer.readyAt()).isGreaterThan(100 * SECOND + 150 * MILLI);
    }

    @Test
    void withoutALimitEveryGrantIsReadyAtOnceEvenAfterAThrottle() {
        Pacer pacer = new Pacer(0);
        pacer.grant(7);
        pacer.recordThrottle(8, 0);
        assertThat(pacer.readyAt()).isZero();
    }

    @Test
    void aThrottlePausesForASecondAndHalvesTheRateWhichRecoversWithinAMinute() {
        Pacer pacer = new Pacer(5);
        pacer.recordThrottle(10 * SECOND, 0);
        assertThat(pacer.readyAt()).isEqualTo(11 * SECOND);

        pacer.grant(11 * SECOND);
        assertThat(pacer.readyAt() - 11 * SECOND).isBetween(300 * MILLI, 420 * MILLI);
        assertThat(pacer.isIdle(20 * SECOND)).isFalse();

        pacer.grant(71 * SECOND);
        assertThat(pacer.readyAt() - 71 * SECOND).isLessThan(205 * MILLI);
        assertThat(pacer.isIdle(72 * SECOND)).isTrue();
    }

    @Test
    void throttlesWithinASecondCountOnceAndTheRateNeverFallsBelowASixteenth() {
        Pacer once = new Pacer(5);
        Pacer wave = new Pacer(5);
        once.recordThrottle(SECOND, 0);
        for (int i = 0; i < 50; i++) {
            wave.recordThrottle(SECOND + i * MILLI, 0);
        }
        assertThat(wave.grant(3 * SECOND)).isEqualTo(once.grant(3 * SECOND));

        Pacer worst = new Pacer(5);
        for (int second = 1; second <= 60; second++) {
            worst.recordThrottle(second * 2 * SECOND, 0);
        }
        worst.grant(125 * SECOND);
        assertThat(worst.readyAt() - 125 * SECOND).isLessThan(4 * SECOND);
    }

    @Test
    void thePauseThatTheServiceAsksForIsKeptUpToAMinute() {
        Pacer pacer = new Pacer(5);
        pacer.recordThrottle(SECOND, 7 * SECOND);
        assertThat(pacer.readyAt()).isEqualTo(8 * SECOND);

        pacer.recordThrottle(SECOND + MILLI, 9 * SECOND);
        assertThat(pacer.readyAt()).isEqualTo(10 * SECOND + MILLI);

        pacer.recordThrottle(20 * SECOND, 3_600 * SECOND);
        assertThat(pacer.readyAt()).isEqualTo(80 * SECOND);
    }

    @Test
    void anUnusedGrantIsGivenBackUnlessALaterOneWasTaken() {
        Pacer pacer = new Pacer(5);
        Pacer.Grant unused = pacer.grant(0);
        pacer.undo(unused);
        assertThat(pacer.readyAt()).isZero();

        Pacer.Grant first = pacer.grant(SECOND);
        Pacer.Grant second = pacer.grant(2 * SECOND);
        pacer.undo(first);
        assertThat(pacer.readyAt()).isEqualTo(second.after());
    }

    static int mostInOneSecond(List<Long> grants) {
        int most = 0;
        int oldest = 0;
        for (int i = 0; i < grants.size(); i++) {
            while (grants.get(i) - grants.get(oldest) >= SECOND) {
                oldest++;
            }
            most = Math.max(most, i - oldest + 1);
        }
        return most;
    }
}
