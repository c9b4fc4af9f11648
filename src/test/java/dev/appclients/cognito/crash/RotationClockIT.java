package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.crash.InjectedFault.Effect;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock of the operator's machine is wrong, or is set in the middle of a rotation. Every overlap has its whole length. */
class RotationClockIT extends OnScene {

    private static final String NAME = "web";

    @ParameterizedTest(name = "{0} hours")
    @ValueSource(ints = {1, -1})
    void aWrongClockChangesNoOverlap(int hours) {
        scene.clock().set(Duration.ofHours(hours));
        rotate();

        assertThat(carriedAt()).isCloseTo(scene.stage().simulator().clock().instant(), within());
        assertStaysFor(Duration.ofMinutes(9));
        scene.pass(Duration.ofMinutes(2));
        scene.wake();
        scene.rotation().awaitRetired(NAME);
    }

    /** The clock is set after the operator compared it with Cognito's, and before it records when the overlap began. */
    @ParameterizedTest(name = "{0} hours")
    @ValueSource(ints = {1, -1})
    void aClockThatIsSetDuringTheRotationEndsNoOverlapEarly(int hours) {
        Scenario.ROTATE.prepare(scene, NAME);
        InjectedFault fault = scene.proxy()
                .arm(InjectedFault.among(
                        "the publication",
                        (call, request) -> call.operation().equals("patch secrets")
                                && request.word(1).split("\\?")[0].endsWith("/secrets/" + NAME),
                        1,
                        new Effect.RunAfter(() -> scene.clock().set(Duration.ofHours(hours)))));
        scene.rotation().request(NAME);
        fault.await();
        scene.rotation().awaitOverlap(NAME);

        assertThat(carriedAt())
                .isAfter(scene.stage().simulator().clock().instant().minusSeconds(60));
        assertStaysFor(Duration.ofMinutes(9));
        scene.pass(Duration.ofHours(2));
        scene.wake();
        scene.rotation().awaitRetired(NAME);
    }

    @ParameterizedTest(name = "{0} hours")
    @ValueSource(ints = {1, -1})
    void aClockThatIsSetDuringTheOverlapDoesNotEndItEarly(int hours) {
        rotate();
        scene.clock().set(Duration.ofHours(hours));

        assertStaysFor(Duration.ofMinutes(9));
        // The monotonic clock of the process does not see virtual time, so this lasts longer than in production.
        scene.pass(Duration.ofHours(2));
        scene.wake();
        scene.rotation().awaitRetired(NAME);
    }

    /** A new process does not know Cognito's time before it has asked. */
    @Test
    void aRestartWithAWrongClockDoesNotEndTheOverlapEarly() {
        rotate();
        scene.clock().set(Duration.ofHours(1));
        scene.crashAndRestart();

        assertStaysFor(Duration.ofMinutes(9));
        scene.pass(Duration.ofMinutes(2));
        scene.wake();
        scene.rotation().awaitRetired(NAME);
    }

    private void rotate() {
        Scenario.ROTATE.prepare(scene, NAME);
        scene.rotation().request(NAME);
        scene.rotation().awaitOverlap(NAME);
    }

    private Instant carriedAt() {
        return Instant.parse(scene.rotation().state(NAME).path("carriedAt").asText());
    }

    private static org.assertj.core.data.TemporalUnitOffset within() {
        return org.assertj.core.api.Assertions.within(60, ChronoUnit.SECONDS);
    }

    private void assertStaysFor(Duration time) {
        scene.awaitQuiet();
        scene.pass(time);
        scene.wake();
        scene.awaitQuiet();
        assertThat(scene.rotation().live(NAME)).as("both secrets are valid").hasSize(2);
        scene.rotation().awaitOverlap(NAME);
    }
}
