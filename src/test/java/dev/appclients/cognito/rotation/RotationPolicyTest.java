package dev.appclients.cognito.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.RotationSpec;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.rotation.RotationState.Overlap;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RotationPolicyTest {

    private static final Instant ADDED_AT = Instant.parse("2026-12-01T00:00:00Z");

    @Test
    void aClientWithoutRotationHasTheDefaults() {
        assertThat(RotationPolicy.of(null))
                .isEqualTo(new RotationPolicy(null, Duration.ofDays(7), Duration.ofDays(14)));
    }

    @Test
    void eachAbsentFieldHasItsDefault() {
        assertThat(RotationPolicy.of(new RotationSpec(null, null, null))).isEqualTo(RotationPolicy.DEFAULT);
        assertThat(RotationPolicy.of(new RotationSpec("90d", null, null)))
                .isEqualTo(new RotationPolicy(Duration.ofDays(90), Duration.ofDays(7), Duration.ofDays(14)));
        assertThat(RotationPolicy.of(new RotationSpec(null, "10m", "1h")))
                .isEqualTo(new RotationPolicy(null, Duration.ofMinutes(10), Duration.ofHours(1)));
    }

    @Test
    void theAgeIsComparedTenTimesInAPeriod() {
        assertThat(RotationPolicy.of(new RotationSpec("90d", null, null)).tick())
                .isEqualTo(Duration.ofDays(9));
        assertThat(RotationPolicy.DEFAULT.tick()).isNull();
    }

    @Test
    void theOverlapEndsAtTheDeadlineUntilAllCopiesHaveTheNewSecret() {
        assertThat(overlap(null).retiresAt(RotationPolicy.DEFAULT)).isEqualTo(ADDED_AT.plus(Duration.ofDays(14)));
    }

    @Test
    void theOverlapEndsAWholeOverlapAfterTheLastCopy() {
        Instant last = ADDED_AT.plus(Duration.ofDays(3));
        assertThat(overlap(last).retiresAt(RotationPolicy.DEFAULT)).isEqualTo(last.plus(Duration.ofDays(7)));
    }

    @Test
    void theDeadlineComesFirst() {
        assertThat(overlap(ADDED_AT.plus(Duration.ofDays(8))).retiresAt(RotationPolicy.DEFAULT))
                .isEqualTo(ADDED_AT.plus(Duration.ofDays(14)));
    }

    @Test
    void anOverlapThatIsChangedInTheMiddleIsReadAtTheNextDecision() {
        RotationPolicy shorter = new RotationPolicy(null, Duration.ofMinutes(10), Duration.ofHours(1));
        assertThat(overlap(ADDED_AT).retiresAt(shorter)).isEqualTo(ADDED_AT.plus(Duration.ofMinutes(10)));
    }

    private static Overlap overlap(Instant carriedAt) {
        return new Overlap(new SecretId("A", ADDED_AT.minusSeconds(1)), ADDED_AT, carriedAt, Cause.REQUEST);
    }
}
