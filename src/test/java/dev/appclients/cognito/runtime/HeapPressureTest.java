package dev.appclients.cognito.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.runtime.HeapPressure.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeapPressureTest {

    private final HeapPressure pressure = new HeapPressure();

    @Test
    void aHeapWithRoomIsOk() {
        assertThat(after(0.89, 1, 0)).isEqualTo(Verdict.OK);
    }

    @Test
    void aNearlyFullHeapIsAWarningOnceAMinute() {
        assertThat(after(0.9, 1, 0)).isEqualTo(Verdict.WARN);
        assertThat(after(0.94, 2, 59)).isEqualTo(Verdict.OK);
        assertThat(after(0.94, 3, 60)).isEqualTo(Verdict.WARN);
    }

    @Test
    void fiveConsecutiveCollectionsOverFiveSecondsThatFreeNothingExhaustTheHeap() {
        assertThat(after(0.96, 10, 0)).isEqualTo(Verdict.WARN);
        assertThat(after(0.97, 11, 2)).isEqualTo(Verdict.OK);
        assertThat(after(0.97, 13, 4)).isEqualTo(Verdict.OK);
        assertThat(after(0.95, 14, 5)).isEqualTo(Verdict.EXHAUSTED);
    }

    @Test
    void aBurstOfCollectionsUnderFiveSecondsDoesNotExhaustTheHeap() {
        assertThat(after(0.99, 1, 0)).isEqualTo(Verdict.WARN);
        assertThat(after(0.99, 40, 4)).isEqualTo(Verdict.OK);
    }

    @Test
    void fewCollectionsOverALongTimeDoNotExhaustTheHeap() {
        assertThat(after(0.96, 1, 0)).isEqualTo(Verdict.WARN);
        assertThat(after(0.96, 4, 50)).isEqualTo(Verdict.OK);
    }

    @Test
    void aCollectionThatFreesMemoryRestartsTheCount() {
        after(0.96, 1, 0);
        after(0.94, 9, 6);
        assertThat(after(0.96, 10, 7)).isEqualTo(Verdict.OK);
        assertThat(after(0.96, 13, 20)).isEqualTo(Verdict.OK);
        assertThat(after(0.96, 14, 21)).isEqualTo(Verdict.EXHAUSTED);
    }

    private Verdict after(double live, long collections, int seconds) {
        return pressure.after(live, collections, Duration.ofSeconds(seconds));
    }
}
