package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.model.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The delays after which a claim tries again to write a copy whose name a foreign Secret has. */
class ClaimBackOffTest {

    private static final String UID = "1f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

    private final ClaimBackOff backOff = new ClaimBackOff();

    @Test
    void aConflictIsRetriedAfterOneTwoAndThenEveryFiveMinutes() {
        for (int minutes : new int[] {1, 2, 5, 5, 5}) {
            assertThat(backOff.after(UID, Reason.SECRET_CONFLICT)).isEqualTo(Duration.ofMinutes(minutes));
        }
    }

    @Test
    void anotherFailureHasAnotherScheduleAndEndsTheConflict() {
        backOff.after(UID, Reason.SECRET_CONFLICT);

        assertThat(backOff.after(UID, Reason.SECRET_REFUSED)).isNull();
        assertThat(backOff.size()).isZero();
        assertThat(backOff.after(UID, Reason.SECRET_CONFLICT)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aSuccessEndsTheConflict() {
        backOff.after(UID, Reason.SECRET_CONFLICT);

        backOff.forget(UID);

        assertThat(backOff.after(UID, Reason.SECRET_CONFLICT)).isEqualTo(Duration.ofMinutes(1));
    }
}
