package dev.appclients.cognito.controller.workarounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EndlessRetryTest {

    @Test
    void thereIsNoLastAttempt() {
        RetryExecution retries = new EndlessRetry().initExecution();

        assertThat(Stream.generate(retries::nextDelay).limit(10_000))
                .allSatisfy(delay -> assertThat(delay)
                        .hasValueSatisfying(millis -> assertThat(millis).isBetween(1L, 60_000L)));
        assertThat(retries.isLastAttempt()).isFalse();
        assertThat(retries.getAttemptCount()).isEqualTo(10_000);
    }

    @Test
    void theBoundOfTheDelayDoublesFromASecondToAMinute() {
        RetryExecution retries = new EndlessRetry(new LongestDelay()).initExecution();

        assertThat(LongStream.generate(() -> retries.nextDelay().orElseThrow()).limit(8))
                .containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 60_000L, 60_000L);
    }

    @Test
    void objectsThatFailTogetherAreRetriedAtDifferentTimes() {
        Random seeded = new Random(3);

        Map<Long, Long> tenths = Stream.generate(() -> fifthDelay(new EndlessRetry(seeded)))
                .limit(10_000)
                .collect(Collectors.groupingBy(delay -> (delay - 1) / 1_600, Collectors.counting()));

        assertThat(tenths).hasSize(10);
        assertThat(tenths.values()).as("seed 3").allMatch(each -> each > 850 && each < 1_150);
    }

    /** When this fails, the framework retries without end. */
    @Test
    void theFrameworksDefaultGivesUp() {
        RetryExecution retries = GenericRetry.defaultLimitedExponentialRetry().initExecution();

        assertThat(Stream.generate(retries::nextDelay).limit(10)).anyMatch(java.util.Optional::isEmpty);
    }

    private static long fifthDelay(EndlessRetry retry) {
        RetryExecution retries = retry.initExecution();
        return LongStream.generate(() -> retries.nextDelay().orElseThrow())
                .limit(5)
                .reduce((before, after) -> after)
                .orElseThrow();
    }
}
