package dev.appclients.cognito.controller.guards;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EndlessRetryTest {

    @Test
    void thereIsNoLastAttempt() {
        RetryExecution retries = new EndlessRetry().initExecution();

        assertThat(Stream.generate(retries::nextDelay).limit(10_000)).allMatch(Optional::isPresent);
        assertThat(retries.isLastAttempt()).isFalse();
    }

    @Test
    void theDelayDoublesFromASecondToAMinute() {
        RetryExecution retries = new EndlessRetry().initExecution();

        assertThat(LongStream.generate(() -> retries.nextDelay().orElseThrow()).limit(9))
                // The framework does not multiply the first one.
                .containsExactly(1_000L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 60_000L, 60_000L);
    }

    /** What it guards against. */
    @Test
    void theFrameworksDefaultGivesUp() {
        RetryExecution retries = GenericRetry.defaultLimitedExponentialRetry().initExecution();

        assertThat(Stream.generate(retries::nextDelay).limit(10)).anyMatch(Optional::isEmpty);
    }
}
