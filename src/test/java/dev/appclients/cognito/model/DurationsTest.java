package dev.appclients.cognito.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"10s, PT10S", "3m, PT3M", "60m, PT1H", "24h, P1D", "3650d, P3650D", "999999999d, P999999999D"})
    void eachUnitIsParsed(String written, Duration meant) {
        assertThat(Durations.parse(written)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0s", "5", "m", "1.5h", "-1h", "1h30m", "1w", " 1h", "01h", "1000000000s", "PT1H"})
    void anyOtherStringIsRefusedAndNamed(String written) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(written))
                .withMessageContaining("'" + written + "'");
    }

    @Test
    void anAbsentDurationIsTheDefault() {
        assertThat(Durations.parseOr(null, Duration.ofMinutes(3))).isEqualTo(Duration.ofMinutes(3));
        assertThat(Durations.parseOr("1h", Duration.ofMinutes(3))).isEqualTo(Duration.ofHours(1));
    }
}
