package dev.appclients.cognito.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.guards.LongestDelay;
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

class LookMemoryTest {

    private static final String UID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
    private static final Duration HOUR = Duration.ofHours(1);

    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final LookMemory memory = new LookMemory(() -> now, new Random(1));

    @Test
    void aProcessThatHasJustBegunAsksNothingBeforeTheNextSlot() {
        assertThat(memory.isDue(UID, HOUR)).isFalse();

        now = now.plus(memory.untilDue(UID, HOUR));

        assertThat(memory.isDue(UID, HOUR)).isTrue();
        assertThat(memory.isDue(UID, HOUR)).as("until somebody looked").isTrue();
        memory.looked(UID, HOUR);
        assertThat(memory.isDue(UID, HOUR)).isFalse();
    }

    @Test
    void aClockThatIsSetBackBringsNoExtraLookAndTakesNoneAway() {
        memory.looked(UID, HOUR);
        memory.asked(UID, HOUR);

        now = now.minus(Duration.ofDays(1));
        assertThat(memory.isDue(UID, HOUR)).isFalse();
        assertThat(memory.mayAskAgain(UID, HOUR)).isFalse();

        now = now.plus(HOUR);
        assertThat(memory.isDue(UID, HOUR)).isTrue();
        assertThat(memory.mayAskAgain(UID, HOUR)).isTrue();
    }

    @Test
    void aClockThatIsSetForwardAndBackLeavesTheNextLookAnHourAway() {
        now = now.plus(Duration.ofDays(365));
        memory.looked(UID, HOUR);
        now = now.minus(Duration.ofDays(365));
        assertThat(memory.isDue(UID, HOUR)).isFalse();

        now = now.plus(HOUR);
        assertThat(memory.isDue(UID, HOUR)).isTrue();
    }

    @Test
    void anotherIntervalBeginsWithItsOwnSlot() {
        memory.looked(UID, HOUR);
        now = now.plus(Duration.ofDays(3));

        assertThat(memory.isDue(UID, Duration.ofDays(1))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Pace.class)
    void theBackOffDoublesUpToItsBoundAndIsNeverNothing(Pace pace) {
        LookMemory longest = new LookMemory(() -> now, new LongestDelay());

        assertThat(longest.failed(UID, pace)).isEqualTo(pace.first());
        IntStream.range(0, 100).forEach(i -> longest.failed(UID, pace));
        assertThat(longest.failed(UID, pace)).isEqualTo(pace.bound());
        assertThat(memory.failed(UID, pace)).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Pace.class)
    void theDelaysAreSpreadEvenlyFromNothingToTheirBoundAndThereIsNoLastOne(Pace pace) {
        IntStream.range(0, 100).forEach(i -> memory.failed(UID, pace));
        long tenth = pace.bound().toMillis() / 10;

        Map<Long, Long> delays = Stream.generate(() -> memory.failed(UID, pace).toMillis())
                .limit(10_000)
                .collect(Collectors.groupingBy(delay -> (delay - 1) / tenth, Collectors.counting()));

        assertThat(delays.keySet()).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(delays.values()).as("seed 1").allMatch(each -> each > 850 && each < 1_150);
    }

    @Test
    void afterASuccessTheNextFailureIsTheFirst() {
        LookMemory longest = new LookMemory(() -> now, new LongestDelay());
        longest.isDue(UID, HOUR);
        longest.failed(UID, Pace.SOON);
        longest.failed(UID, Pace.SOON);

        longest.succeeded(UID);

        assertThat(longest.failed(UID, Pace.SOON)).isEqualTo(Pace.SOON.first());
    }

    @Test
    void aRefusalHoldsForWhatWasRefusedAndAfterARestart() {
        assertThat(memory.sameAsRefused(UID, "a")).as("after a restart").isTrue();

        memory.refused(UID, "a");
        assertThat(memory.sameAsRefused(UID, "a")).isTrue();
        assertThat(memory.sameAsRefused(UID, "b")).isFalse();

        memory.succeeded(UID);
        assertThat(memory.sameAsRefused(UID, "b")).isTrue();
    }

    @Test
    void whatWasRefusedIsAskedAgainInItsNextSlotAndNotBefore() {
        memory.asked(UID, HOUR);
        assertThat(memory.mayAskAgain(UID, HOUR)).isFalse();

        now = now.plus(HOUR);

        assertThat(memory.mayAskAgain(UID, HOUR)).isTrue();
    }

    @Test
    void nothingIsLeftOfAnObjectThatIsGone() {
        memory.refused(UID, "a");
        memory.forget(UID);

        assertThat(memory.sameAsRefused(UID, "b")).isTrue();
    }
}
