package dev.appclients.cognito.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.workarounds.LongestDelay;
import dev.appclients.cognito.failure.FailureKind.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckMemoryTest {

    private static final String UID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
    private static final Duration HOUR = Duration.ofHours(1);

    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final CheckMemory checkMemory = new CheckMemory(() -> now, new Random(1));

    @Test
    void aStartedProcessMakesNoCheckBeforeTheNextSlot() {
        assertThat(checkMemory.isDue(UID, HOUR)).isFalse();

        now = now.plus(checkMemory.untilDue(UID, HOUR));

        assertThat(checkMemory.isDue(UID, HOUR)).isTrue();
        assertThat(checkMemory.isDue(UID, HOUR)).as("before the check").isTrue();
        checkMemory.recordCheck(UID, HOUR);
        assertThat(checkMemory.isDue(UID, HOUR)).isFalse();
    }

    @Test
    void aClockSetBackNeitherAddsNorDropsAnAttempt() {
        checkMemory.recordCheck(UID, HOUR);
        checkMemory.recordAttempt(UID, HOUR);

        now = now.minus(Duration.ofDays(1));
        assertThat(checkMemory.isDue(UID, HOUR)).isFalse();
        assertThat(checkMemory.isRetryDue(UID, HOUR)).isFalse();

        now = now.plus(HOUR);
        assertThat(checkMemory.isDue(UID, HOUR)).isTrue();
        assertThat(checkMemory.isRetryDue(UID, HOUR)).isTrue();
    }

    @Test
    void aClockSetForwardAndBackLeavesTheNextCheckAnHourAway() {
        now = now.plus(Duration.ofDays(365));
        checkMemory.recordCheck(UID, HOUR);
        now = now.minus(Duration.ofDays(365));
        assertThat(checkMemory.isDue(UID, HOUR)).isFalse();

        now = now.plus(HOUR);
        assertThat(checkMemory.isDue(UID, HOUR)).isTrue();
    }

    @Test
    void anotherIntervalStartsInItsOwnCurrentSlot() {
        checkMemory.recordCheck(UID, HOUR);
        now = now.plus(Duration.ofDays(3));

        assertThat(checkMemory.isDue(UID, Duration.ofDays(1))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Pace.class)
    void theBackOffDoublesUpToItsBoundAndIsNeverZero(Pace pace) {
        CheckMemory longest = new CheckMemory(() -> now, new LongestDelay());

        assertThat(longest.recordFailure(UID, pace)).isEqualTo(pace.first());
        IntStream.range(0, 100).forEach(i -> longest.recordFailure(UID, pace));
        assertThat(longest.recordFailure(UID, pace)).isEqualTo(pace.bound());
        assertThat(checkMemory.recordFailure(UID, pace)).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Pace.class)
    void theDelaysAreSpreadEvenlyUpToTheirBoundForAnyNumberOfFailures(Pace pace) {
        IntStream.range(0, 100).forEach(i -> checkMemory.recordFailure(UID, pace));
        long tenth = pace.bound().toMillis() / 10;

        Map<Long, Long> delays = Stream.generate(
                        () -> checkMemory.recordFailure(UID, pace).toMillis())
                .limit(10_000)
                .collect(Collectors.groupingBy(delay -> (delay - 1) / tenth, Collectors.counting()));

        assertThat(delays.keySet()).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(delays.values()).as("seed 1").allMatch(each -> each > 850 && each < 1_150);
    }

    @Test
    void afterASuccessTheNextFailureCountsAsTheFirst() {
        CheckMemory longest = new CheckMemory(() -> now, new LongestDelay());
        longest.isDue(UID, HOUR);
        longest.recordFailure(UID, Pace.SOON);
        longest.recordFailure(UID, Pace.SOON);

        longest.recordSuccess(UID);

        assertThat(longest.recordFailure(UID, Pace.SOON)).isEqualTo(Pace.SOON.first());
    }

    @Test
    void aRefusalHoldsForTheSameInputAndAfterARestart() {
        assertThat(checkMemory.isUnchangedSinceRefusal(UID, "a"))
                .as("after a restart")
                .isTrue();

        checkMemory.recordRefusal(UID, "a");
        assertThat(checkMemory.isUnchangedSinceRefusal(UID, "a")).isTrue();
        assertThat(checkMemory.isUnchangedSinceRefusal(UID, "b")).isFalse();

        checkMemory.recordSuccess(UID);
        assertThat(checkMemory.isUnchangedSinceRefusal(UID, "b")).isTrue();
    }

    @Test
    void aRefusedCallIsRetriedInItsNextSlotAndNotBefore() {
        checkMemory.recordAttempt(UID, HOUR);
        assertThat(checkMemory.isRetryDue(UID, HOUR)).isFalse();

        now = now.plus(HOUR);

        assertThat(checkMemory.isRetryDue(UID, HOUR)).isTrue();
    }

    @Test
    void noEntryRemainsOfADeletedObject() {
        checkMemory.recordRefusal(UID, "a");
        checkMemory.forget(UID);

        assertThat(checkMemory.isUnchangedSinceRefusal(UID, "b")).isTrue();
    }
}
