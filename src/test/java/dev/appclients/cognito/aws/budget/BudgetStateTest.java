package dev.appclients.cognito.aws.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.BudgetState;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The state of a quota that the metrics show. */
class BudgetStateTest {

    private static final long SECOND = 1_000_000_000L;
    private static final PoolId SHOP = new PoolId("eu-west-1_Shop");
    private static final PoolId STAFF = new PoolId("eu-west-1_Staff");

    private final QuotaScheduler scheduler = new QuotaScheduler(15, 5);

    @Test
    void aNewQuotaIsIdle() {
        assertThat(state(0)).isEqualTo(new BudgetState("eu-west-1", Operation.Category.CLIENT_UPDATE, 0, 1, Map.of()));
    }

    @Test
    void waitingCallsAreCountedUntilTheirGrant() {
        create(SHOP);
        create(SHOP);
        create(STAFF);
        assertThat(state(0).waiting()).isEqualTo(3);

        scheduler.next(0);

        assertThat(state(0).waiting()).isEqualTo(2);
    }

    @Test
    void aThrottleHalvesTheRateForAMinute() {
        create(SHOP);
        Ticket called = scheduler.next(0);
        scheduler.recordThrottle(called, 2 * SECOND, 0);

        assertThat(state(2 * SECOND).rateRatio()).isEqualTo(0.5);
        assertThat(state(33 * SECOND).rateRatio()).isBetween(0.9, 1.0);
        assertThat(state(70 * SECOND).rateRatio()).isEqualTo(1);
    }

    @Test
    void openCircuitBreakersAreCountedByOperationUntilAnAnswer() {
        create(SHOP);
        Ticket called = scheduler.next(0);
        assertThat(state(0).openBreakers()).isEqualTo(Map.of(Operation.CREATE_CLIENT, 0));

        for (int i = 0; i < CircuitBreaker.FAILURE_THRESHOLD; i++) {
            scheduler.recordFailure(called, FailureKind.UNREACHABLE, 0);
        }
        assertThat(state(0).openBreakers()).isEqualTo(Map.of(Operation.CREATE_CLIENT, 1));

        scheduler.recordAnswer(called);
        assertThat(state(0).openBreakers()).isEqualTo(Map.of(Operation.CREATE_CLIENT, 0));
    }

    @Test
    void theCircuitBreakerOfADeletedPoolIsForgotten() {
        create(SHOP);
        Ticket called = scheduler.next(0);
        for (int i = 0; i < CircuitBreaker.FAILURE_THRESHOLD; i++) {
            scheduler.recordFailure(called, FailureKind.UNREACHABLE, 0);
        }

        assertThat(state(10 * 60 * SECOND).openBreakers()).isEqualTo(Map.of(Operation.CREATE_CLIENT, 1));
        assertThat(state(20 * 60 * SECOND).openBreakers()).isEqualTo(Map.of(Operation.CREATE_CLIENT, 0));
    }

    private void create(PoolId pool) {
        scheduler.enqueue(pool, Operation.CREATE_CLIENT, Priority.USER, "shop", () -> {});
    }

    private BudgetState state(long now) {
        return scheduler.state("eu-west-1", Operation.Category.CLIENT_UPDATE, now);
    }
}
