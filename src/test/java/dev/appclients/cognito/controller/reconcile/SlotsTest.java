package dev.appclients.cognito.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final long SEED = 42;

    @ParameterizedTest
    @ValueSource(strings = {"PT10M", "PT1H", "P1D", "P7D"})
    void tenThousandObjectsAreSpreadEvenlyOverTheInterval(Duration interval) {
        long tenths = interval.toMillis() / 10;

        Map<Long, Long> load = uids(10_000)
                .map(uid -> Slots.untilNext(uid, interval, NOW).toMillis())
                .collect(Collectors.groupingBy(left -> Math.min(9, left / tenths), Collectors.counting()));

        assertThat(load).hasSize(10);
        assertThat(load.values()).as("seed %s", SEED).allMatch(each -> each > 850 && each < 1_150);
    }

    @Test
    void theNextSlotBeginsAfterTheReportedTime() {
        Duration interval = Duration.ofHours(1);

        assertThat(uids(1_000)).allSatisfy(uid -> {
            Duration left = Slots.untilNext(uid, interval, NOW);
            long slot = Slots.slot(uid, interval, NOW);
            assertThat(left).isPositive().isLessThanOrEqualTo(interval);
            assertThat(Slots.slot(uid, interval, NOW.plus(left))).isEqualTo(slot + 1);
            assertThat(Slots.slot(uid, interval, NOW.plus(left).minusMillis(1))).isEqualTo(slot);
        });
    }

    @Test
    void aSlotIsTheSameInEveryProcess() {
        assertThat(Slots.slot("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", Duration.ofHours(1), NOW))
                .isEqualTo(490_922L);
    }

    @Test
    void aClockBeforeNineteenSeventyCausesNoError() {
        assertThat(Slots.untilNext("uid", Duration.ofHours(1), Instant.EPOCH.minusSeconds(1)))
                .isPositive();
    }

    private static Stream<String> uids(int count) {
        Random random = new Random(SEED);
        return Stream.generate(() -> new UUID(random.nextLong(), random.nextLong()).toString())
                .limit(count);
    }
}
