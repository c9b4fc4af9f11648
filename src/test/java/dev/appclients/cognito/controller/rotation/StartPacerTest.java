package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.model.PoolId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scheduled starts in a pool, in virtual time. */
class StartPacerTest {

    private static final PoolId POOL = new PoolId("eu-west-1_AbCdEfGhI");
    private static final PoolId OTHER = new PoolId("eu-west-1_ZzZzZzZzZ");
    private static final int CLIENTS = 1_000;

    private long nanos = 7;
    private final StartPacer pacer = new StartPacer(() -> nanos);

    @Test
    void aThousandOverdueClientsStartTwiceAMinuteInOrder() {
        List<Integer> started = new ArrayList<>();
        List<Long> starts = new ArrayList<>();
        List<Long> turns = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            turns.add(nanos + Math.max(0, until(client).toNanos()));
        }
        while (started.size() < CLIENTS) {
            for (int client = started.size(); client < CLIENTS && turns.get(client) <= nanos; client++) {
                assertThat(until(client)).isLessThanOrEqualTo(Duration.ZERO);
                pacer.release(RotationPasses.uid(client));
                started.add(client);
                starts.add(nanos);
            }
            pass(Duration.ofSeconds(1));
        }

        assertThat(started).isSorted();
        for (int client = 2; client < CLIENTS; client++) {
            assertThat(starts.get(client) - starts.get(client - 2))
                    .as("client %d", client)
                    .isGreaterThanOrEqualTo(Duration.ofMinutes(1).toNanos());
        }
        assertThat(starts.getLast() - starts.getFirst())
                .as("no turn is wasted")
                .isLessThanOrEqualTo(Duration.ofSeconds(30L * CLIENTS).toNanos());
        assertThat(pacer.size()).isZero();
    }

    @Test
    void anotherPoolHasItsOwnTurns() {
        until(1);
        assertThat(until(2)).isEqualTo(Duration.ofSeconds(30));
        assertThat(pacer.untilStart(OTHER, RotationPasses.uid(3))).isZero();
    }

    @Test
    void askingAgainKeepsTheTurn() {
        until(1);
        until(2);
        until(3);
        pass(Duration.ofSeconds(10));
        assertThat(until(2)).isEqualTo(Duration.ofSeconds(20));
        assertThat(until(3)).isEqualTo(Duration.ofSeconds(50));
        pass(Duration.ofSeconds(20));
        assertThat(until(2)).isZero();
    }

    @Test
    void aPoolThatWasIdleStartsAtOnce() {
        until(1);
        pacer.release(RotationPasses.uid(1));
        pass(Duration.ofMinutes(10));
        assertThat(until(2)).isZero();
    }

    @Test
    void aTurnThatIsNotTakenIsLost() {
        for (int client = 0; client < 20; client++) {
            until(client);
        }
        pass(Duration.ofHours(1));

        List<Duration> again = new ArrayList<>();
        for (int client = 0; client < 20; client++) {
            again.add(until(client));
        }
        assertThat(again).filteredOn(turn -> !turn.isPositive()).hasSize(1);
        assertThat(again.getLast()).isEqualTo(Duration.ofSeconds(30 * 19));
    }

    @Test
    void aClientThatIsALittleLateKeepsItsTurn() {
        until(1);
        until(2);
        pass(Duration.ofMinutes(2));
        assertThat(until(2)).isNegative();
    }

    @Test
    void aForgottenClientHoldsNoEntry() {
        until(1);
        pacer.release(RotationPasses.uid(1));
        assertThat(pacer.size()).isZero();
    }

    private Duration until(int client) {
        return pacer.untilStart(POOL, RotationPasses.uid(client));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
