package dev.appclients.cognito.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A service that does not answer is asked by one call at a time; virtual time, no threads. */
class OutageTest {

    private static final long SECOND = 1_000_000_000L;
    private static final PoolId SHOP = new PoolId("eu-west-1_Shop");

    private final Lane lane = new Lane(12, 4);
    private final Map<Ticket, String> names = new LinkedHashMap<>();
    private long now;

    @Test
    void aFewFailuresAreBadLuckAndSpareNobody() {
        for (int i = 1; i < Outage.SUSPICIOUS; i++) {
            Ticket ticket = wait("a", "first" + i);
            wait("a", "other" + i);
            assertThat(granted()).isSameAs(ticket);
            assertThat(failed(ticket)).isEmpty();
            Ticket other = granted();
            lane.answered(other);
            lane.release(other);
        }
        assertThat(now).as("at the usual pace").isLessThan(3 * SECOND);
    }

    @Test
    void manyInARowSpareAllWhoWaitAndTellThemWhy() {
        breakDown();
        Ticket probe = wait("a", "probe");
        wait("a", "second");
        wait("b", "third");
        assertThat(granted()).isSameAs(probe);

        List<Ticket> spared = failed(probe);

        assertThat(spared).extracting(names::get).containsExactlyInAnyOrder("second", "third");
        assertThat(spared).allMatch(ticket -> ticket.sparedFor() == FailureKind.SERVICE_FAULT && !ticket.isGranted());
        assertThat(lane.readyAt()).as("nobody waits any more").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void onlyOneCallAtATimeFindsOutWhetherTheServiceIsBack() {
        breakDown();
        wait("a", "probe");
        wait("b", "after it");

        assertThat(granted()).isNotNull();
        now += 60 * SECOND;

        assertThat(lane.next(now)).isNull();
        assertThat(lane.readyAt()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void tenMinutesOfOutageCostOneCallEveryFiveSeconds() {
        breakDown();
        long begun = now;
        int calls = 0;
        while (now - begun < 600 * SECOND) {
            failed(wanted());
            calls++;
        }
        assertThat(calls).isBetween(115, 125);
    }

    @Test
    void theFirstAnswerEndsItWhateverItSays() {
        breakDown();
        failed(wanted());
        Ticket probe = wanted();
        lane.answered(probe);
        lane.release(probe);
        long back = now;
        for (int i = 0; i < 20; i++) {
            Ticket ticket = wanted();
            lane.answered(ticket);
            lane.release(ticket);
        }
        assertThat(now - back).as("twenty calls at four a second").isLessThan(6 * SECOND);
    }

    @Test
    void aThrottleIsAnAnswerToo() {
        breakDown();
        Ticket probe = wanted();
        lane.throttled(probe, now, 0);
        lane.release(probe);
        wait("a", "next");
        wait("a", "one more");

        assertThat(granted()).isNotNull();
        assertThat(granted()).isNotNull();
    }

    /** A hundred clients that break the service every time must not keep another namespace's good one from being tried. */
    @Test
    void aNamespaceThatAlwaysFailsDoesNotKeepAnotherFromItsTurn() {
        breakDown();
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
        fail("the good one never had a turn");
    }

    @Test
    void anotherPoolAndAnotherOperationGoOn() {
        breakDown();
        failed(wanted());
        Ticket describe = enqueue(SHOP, Operation.DELETE_CLIENT, "a", "another operation");
        Ticket elsewhere = enqueue(new PoolId("eu-west-1_Staff"), Operation.CREATE_CLIENT, "a", "another pool");
        long before = now;

        assertThat(List.of(granted(), granted())).containsExactly(describe, elsewhere);
        assertThat(now - before).isLessThan(SECOND);
    }

    @Test
    void aProbeThatWasNotMadeLetsTheNextFindOut() {
        breakDown();
        Ticket unused = wanted();
        lane.withdraw(unused);

        assertThat(wanted()).isNotNull();
    }

    private void breakDown() {
        for (int i = 0; i < Outage.SUSPICIOUS; i++) {
            failed(wanted());
        }
    }

    private Ticket wanted() {
        wait("a", "any");
        return granted();
    }

    private List<Ticket> failed(Ticket ticket) {
        List<Ticket> spared = lane.failed(ticket, FailureKind.SERVICE_FAULT, now);
        lane.release(ticket);
        return new ArrayList<>(spared);
    }

    private Ticket wait(String namespace, String name) {
        return enqueue(SHOP, Operation.CREATE_CLIENT, namespace, name);
    }

    private Ticket enqueue(PoolId pool, Operation operation, String namespace, String name) {
        Ticket ticket = lane.enqueue(pool, operation, Priority.USER, namespace, () -> {});
        names.put(ticket, name);
        return ticket;
    }

    /** The next grant; virtual time goes on as far as it needs. */
    private Ticket granted() {
        @Nullable Ticket next = lane.next(now);
        while (next == null) {
            assertThat(lane.readyAt()).isBetween(now + 1, Long.MAX_VALUE - 1);
            now = lane.readyAt();
            next = lane.next(now);
        }
        lane.begun(next);
        return next;
    }
}
