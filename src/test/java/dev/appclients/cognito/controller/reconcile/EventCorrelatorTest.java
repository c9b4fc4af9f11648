package dev.appclients.cognito.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.appclients.cognito.controller.TestClock;
import dev.appclients.cognito.controller.reconcile.EventCorrelator.Decision;
import dev.appclients.cognito.controller.reconcile.EventCorrelator.Occurrence;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes, counts, combines and drops events by the rules of client-go. */
class EventCorrelatorTest {

    private final TestClock clock = new TestClock();
    private final EventCorrelator correlator = new EventCorrelator(clock);

    @Test
    void aRepeatedEventIsCounted() {
        assertThat(written("web", "Failed", "no").existing()).isNull();
        Decision again = written("web", "Failed", "no");

        assertThat(again.existing()).isEqualTo("web.Failed.no");
        assertThat(again.count()).isEqualTo(2);
        assertThat(written("web", "Failed", "no").count()).isEqualTo(3);
    }

    @Test
    void anotherObjectTypeReasonOrMessageIsAnotherEvent() {
        written("web", "Failed", "no");

        assertThat(Stream.of(
                        correlator.correlate(new Occurrence("other", "Warning", "Failed", "no")),
                        correlator.correlate(new Occurrence("web", "Normal", "Failed", "no")),
                        correlator.correlate(new Occurrence("web", "Warning", "Other", "no")),
                        correlator.correlate(new Occurrence("web", "Warning", "Failed", "yes"))))
                .allSatisfy(decision ->
                        assertThat(decision.orElseThrow().existing()).isNull());
    }

    @Test
    void fromTheTenthMessageOnEventsAreCombinedIntoOne() {
        List<Decision> all = new ArrayList<>();
        for (int i = 1; i <= 15; i++) {
            all.add(written("web", "Failed", "message " + i));
        }

        assertThat(all.subList(0, 9)).extracting(Decision::message).allMatch(words -> words.startsWith("message"));
        assertThat(all.subList(0, 9))
                .allSatisfy(decision -> assertThat(decision.existing()).isNull());
        assertThat(all.get(9).message()).isEqualTo("(combined from similar events): message 10");
        assertThat(all.get(9).existing()).isNull();
        assertThat(all.subList(10, 15)).extracting(Decision::existing).containsOnly("web.Failed.combined");
        assertThat(all.get(14).message()).isEqualTo("(combined from similar events): message 15");
        assertThat(all.get(14).count()).isEqualTo(6);
        assertThat(written("web", "Other", "message 16").message()).isEqualTo("message 16");
    }

    @Test
    void aForgottenObjectLeavesNoEntry() {
        written("web", "Failed", "no");
        written("other", "Failed", "no");

        correlator.forget("web");
        correlator.forget("unknown");

        assertThat(correlator.size()).isEqualTo(1);
        assertThat(written("web", "Failed", "no").existing()).isNull();
        assertThat(written("other", "Failed", "no").existing()).isEqualTo("other.Failed.no");
    }

    @Test
    void tenMinutesWithoutASimilarEventBeginANewCount() {
        for (int i = 1; i <= 12; i++) {
            written("web", "Failed", "message " + i);
        }
        clock.advance(Duration.ofMinutes(10).plusSeconds(1));

        assertThat(written("web", "Failed", "message 13").message()).isEqualTo("message 13");
    }

    @Test
    void anObjectHasTwentyFiveEventsAndOneMoreEveryFiveMinutes() {
        assertThat(passed("web", 40)).isEqualTo(25);
        assertThat(passed("other", 40)).isEqualTo(25);

        clock.advance(Duration.ofMinutes(4));
        assertThat(passed("web", 1)).isZero();
        clock.advance(Duration.ofMinutes(1));
        assertThat(passed("web", 5)).isEqualTo(1);
        clock.advance(Duration.ofDays(1));
        assertThat(passed("web", 40)).isEqualTo(25);
    }

    @Test
    void aDroppedEventIsCountedByTheNextThatIsWritten() {
        for (int i = 0; i < 25; i++) {
            written("web", "Failed", "no");
        }
        for (int i = 0; i < 100; i++) {
            assertThat(correlator.correlate(new Occurrence("web", "Warning", "Failed", "no")))
                    .isEmpty();
        }
        clock.advance(Duration.ofMinutes(5));

        assertThat(written("web", "Failed", "no").count()).isEqualTo(126);
    }

    @Test
    void aClockThatIsSetBackNeitherRefillsNorDrains() {
        passed("web", 20);
        clock.advance(Duration.ofDays(-1));
        assertThat(passed("web", 20)).isEqualTo(5);
        clock.advance(Duration.ofMinutes(5));
        assertThat(passed("web", 20)).isEqualTo(1);
    }

    @Test
    void theLeastRecentlyUsedObjectIsForgottenSoThatMemoryIsBounded() {
        written("first", "Failed", "no");
        for (int i = 0; i < 4_096; i++) {
            written("object-" + i, "Failed", "no");
        }
        assertThat(written("first", "Failed", "no").existing()).isNull();
        assertThat(written("object-4095", "Failed", "no").existing()).isNotNull();
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                arguments("short", 5),
                arguments("x".repeat(1_024), 1_024),
                arguments("x".repeat(1_025), 1_022),
                arguments("ä".repeat(600), 511),
                arguments("x" + "\uD83D\uDE00".repeat(300), 512),
                arguments("\uD83D\uDE00".repeat(300), 511));
    }

    /** In bytes, as the API server counts, and never inside a character. */
    @ParameterizedTest
    @MethodSource("messages")
    void aMessageIsCutToTheBoundOfTheApiServer(String message, int characters) {
        String cut = KubernetesEventRecorder.cut(message);

        assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(1_024);
        assertThat(new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(cut);
        assertThat(message).startsWith(cut.endsWith("…") ? cut.substring(0, cut.length() - 1) : cut);
        assertThat(cut).hasSize(characters);
    }

    private Decision written(String object, String reason, String message) {
        Decision decision = Objects.requireNonNull(correlator
                .correlate(new Occurrence(object, "Warning", reason, message))
                .orElse(null));
        if (decision.existing() == null) {
            boolean combined = decision.message().startsWith("(combined");
            correlator.wrote(decision, object + "." + reason + "." + (combined ? "combined" : message));
        }
        return decision;
    }

    private long passed(String object, int events) {
        return Stream.iterate(0, i -> i < events, i -> i + 1)
                .map(i -> correlator.correlate(new Occurrence(object, "Normal", "Reason " + i, "words")))
                .flatMap(Optional::stream)
                .count();
    }
}
