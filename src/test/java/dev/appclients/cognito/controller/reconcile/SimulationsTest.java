package dev.appclients.cognito.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Guarantees of the budget at sizes and durations that no other test covers. */
class SimulationsTest {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @Test
    void afterTenMinutesOfOutageAThousandNewClientsAreReadyWithinTheFloorAndAMinute() {
        var result = Simulations.outageWithNewClients(1_000, TEN_MINUTES);

        System.out.println(result);
        assertThat(result.seconds()).isLessThan(result.floor() + 60);
        assertThat(result.callsDuring()).as("no retry storm").isLessThan(150);
        assertThat(result.callsAfter())
                .as("one create each, and drift checks of clients whose slot begins")
                .isBetween(1_000L, 1_080L);
    }

    @Test
    void afterTenMinutesOfOutageAThousandEditsAreDoneWithinTheFloorAndAMinute() {
        var result = Simulations.outageWithEditedClients(1_000, TEN_MINUTES);

        System.out.println(result);
        assertThat(result.seconds()).isLessThan(result.floor() + 60);
        assertThat(result.callsDuring()).as("no retry storm").isLessThan(150);
        assertThat(result.callsAfter())
                .as("a describe and an update each, and drift checks of clients whose slot begins")
                .isBetween(2_000L, 2_080L);
    }

    @Test
    void aSingleClientIsReadyWithinAMinuteOfTheEndOfAnOutage() {
        assertThat(IntStream.range(0, 300))
                .allSatisfy(more -> assertThat(Simulations.outageWithNewClients(1, TEN_MINUTES.plusSeconds(more))
                                .seconds())
                        .as("after ten minutes and %d seconds", more)
                        .isLessThan(60));
    }

    @Test
    void fiveThousandNewClientsInOneNamespaceDelayTheFirstOfAnotherByAtMostThreeSeconds() {
        var result = Simulations.fairness(5_000);

        System.out.println(result);
        assertThat(result.worst()).isLessThan(3);
    }

    @Test
    void tenThousandReadyClientsAreCheckedOnceAnHourWithinTheBudgetAndEditsComeFirst() {
        var result = Simulations.drift(10_000, 500);

        System.out.println(result);
        assertThat(result.fewestAnHour()).isEqualTo(1);
        assertThat(result.mostAnHour()).isEqualTo(1);
        assertThat(result.irregularity())
                .as("deviation from one hour in seconds")
                .isLessThan(10);
        assertThat(result.mostInOneSecond()).isLessThanOrEqualTo(4);
        assertThat(result.editSeconds()).isLessThan(result.editFloor() * 1.2);
        assertThat(result.driftShareDuringEdits()).isBetween(0.08, 0.15);
    }
}
