package dev.appclients.cognito.aws.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Opens the circuit breaker with failures in a row, and closes it with an answer; virtual time, no threads. */
class CircuitBreakerTest {

    private static final long SECOND = 1_000_000_000L;
    private static final PoolId SHOP = new PoolId("eu-west-1_Shop");

    private final QuotaScheduler scheduler = new QuotaScheduler(12, 4);
    private final Map<Ticket, String> names = new LinkedHashMap<>();
    private long now;

    @Test
    void failuresBelowTheThresholdShortCircuitNoCall() {
        for (int i = 1; i < CircuitBreaker.FAILURE_THRESHOLD; i++) {
            Ticket ticket = wait("a", "first" + i);
            wait("a", "other" + i);
            assertThat(granted()).isSameAs(ticket);
            assertThat(failed(ticket)).isEmpty();
            Ticket other = granted();
            scheduler.recordAnswer(other);
            scheduler.callEnded(other);
        }
        assertThat(now).as("at the usual rate").isLessThan(3 * SECOND);
    }

    @Test
    void failuresInARowShortCircuitAllWaitingCallsWithTheirReason() {
        openBreaker();
        Ticket probe = wait("a", "probe");
        wait("a", "second");
        wait("b", "third");
        assertThat(granted()).isSameAs(probe);

        List<Ticket> shortCircuited = failed(probe);

        assertThat(shortCircuited).extracting(names::get).containsExactlyInAnyOrder("second", "third");
        assertThat(shortCircuited)
                .allMatch(ticket -> ticket.shortCircuitedBy() == FailureKind.SERVICE_FAULT && !ticket.isGranted());
        assertThat(scheduler.readyAt()).as("no call waits").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void oneCallAtATimeProbesTheService() {
        openBreaker();
        wait("a", "probe");
        wait("b", "after it");

        assertThat(granted()).isNotNull();
        now += 60 * SECOND;

        assertThat(scheduler.next(now)).isNull();
        assertThat(scheduler.readyAt()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void tenMinutesOfOutageCostOneCallEveryFiveSeconds() {
        openBreaker();
        long begun = now;
        int calls = 0;
        while (now - begun < 600 * SECOND) {
            failed(enqueueAndGrant());
            calls++;
        }
        assertThat(calls).isBetween(115, 125);
    }

    @Test
    void theFirstAnswerClosesTheBreakerWhateverItSays() {
        openBreaker();
        failed(enqueueAndGrant());
        Ticket probe = enqueueAndGrant();
        scheduler.recordAnswer(probe);
        scheduler.callEnded(probe);
        long back = now;
        for (int i = 0; i < 20; i++) {
            Ticket ticket = enqueueAndGrant();
            scheduler.recordAnswer(ticket);
            scheduler.callEnded(ticket);
        }
        assertThat(now - back).as("twenty calls at four a second").isLessThan(6 * SECOND);
    }

    @Test
    void aThrottleClosesTheBreaker() {
        openBreaker();
        Ticket probe = enqueueAndGrant();
        scheduler.recordThrottle(probe, now, 0);
        scheduler.callEnded(probe);
        wait("a", "next");
        wait("a", "one more");

        assertThat(granted()).isNotNull();
        assertThat(granted()).isNotNull();
    }

    /** A hundred clients whose calls always fail must not starve the client of another namespace. */
    @Test
    void aNamespaceWhoseCallsAlwaysFailDoesNotStarveAnother() {
        openBreaker();
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 100; i++) {
                wait("poison", "poison");
            }
            Ticket good = wait("good", "good");
            Ticket next = granted();
            if (next == good) {
                return;
            }
            assertThat(failed(next)).contains(good);
        }
        fail("the good client never had a turn");
    }

    @Test
    void anOpenBreakerAffectsNoOtherPoolOrOperation() {
        openBreaker();
        failed(enqueueAndGrant());
        Ticket describe = enqueue(SHOP, Operation.DELETE_CLIENT, "a", "another operation");
        Ticket elsewhere = enqueue(new PoolId("eu-west-1_Staff"), Operation.CREATE_CLIENT, "a", "another pool");
        long before = now;

        assertThat(List.of(granted(), granted())).containsExactly(describe, elsewhere);
        assertThat(now - before).isLessThan(SECOND);
    }

    @Test
    void theNextCallProbesWhenAProbeIsWithdrawn() {
        openBreaker();
        Ticket unused = enqueueAndGrant();
        scheduler.withdraw(unused);

        assertThat(enqueueAndGrant()).isNotNull();
    }

    private void openBreaker() {
        for (int i = 0; i < CircuitBreaker.FAILURE_THRESHOLD; i++) {
            failed(enqueueAndGrant());
        }
    }

    private Ticket enqueueAndGrant() {
        wait("a", "any");
        return granted();
    }

    private List<Ticket> failed(Ticket ticket) {
        List<Ticket> shortCircuited = scheduler.recordFailure(ticket, FailureKind.SERVICE_FAULT, now);
        scheduler.callEnded(ticket);
        return new ArrayList<>(shortCircuited);
    }

    private Ticket wait(String namespace, String name) {
        return enqueue(SHOP, Operation.CREATE_CLIENT, namespace, name);
    }

    private Ticket enqueue(PoolId pool, Operation operation, String namespace, String name) {
        Ticket ticket = scheduler.enqueue(pool, operation, Priority.USER, namespace, () -> {});
        names.put(ticket, name);
        return ticket;
    }

    /** The next grant; advances virtual time until there is one. */
    private Ticket granted() {
        @Nullable Ticket next = scheduler.next(now);
        while (next == null) {
            assertThat(scheduler.readyAt()).isBetween(now + 1, Long.MAX_VALUE - 1);
            now = scheduler.readyAt();
            next = scheduler.next(now);
        }
        scheduler.callStarted(next);
        return next;
    }
}
