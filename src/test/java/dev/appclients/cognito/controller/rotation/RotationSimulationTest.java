package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RotationSimulationTest {

    @Test
    void aScheduleForAThousandOverdueClientsStartsTwoAMinuteAndDelaysNoEdit() {
        RotationSimulation.Result result = RotationSimulation.overdue(1_000);

        assertThat(result.mostInAMinute()).isEqualTo(2);
        assertThat(result.hours()).isBetween(8.0, 8.5);
        assertThat(result.slowestEdit()).isLessThan(result.editAlone() + 0.5);
    }
}
