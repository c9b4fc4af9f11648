package dev.appclients.cognito.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rejects settings with which the operator would reconcile without pause or never restore a Secret. */
class OperatorSettingsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void everyTimeMustBeAboveZero(int seconds) {
        Duration wrong = Duration.ofSeconds(seconds);

        assertThatThrownBy(() -> OperatorSettings.DEFAULT.withCreateSettlesAfter(wrong))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OperatorSettings.DEFAULT.withPoolInterval(wrong))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OperatorSettings.DEFAULT.withDriftCheckInterval(wrong))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void atLeastOneRestoreMustBeAllowed() {
        OperatorSettings ships = OperatorSettings.DEFAULT;

        assertThatThrownBy(() -> new OperatorSettings(
                        ships.createSettlesAfter(),
                        ships.poolInterval(),
                        ships.driftCheckInterval(),
                        ships.safetyNet(),
                        ships.restoreWindow(),
                        0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
