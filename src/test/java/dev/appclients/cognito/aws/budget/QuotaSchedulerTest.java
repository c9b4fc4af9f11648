package dev.appclients.cognito.aws.budget;

import static dev.appclients.cognito.aws.AppClients.Priority.DRIFT;
import static dev.appclients.cognito.aws.AppClients.Priority.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.model.PoolId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Order and times of grants, over hours of virtual time. */
class QuotaSchedulerTest {

    private static final long SECOND = 1_000_000_000L;
    private static final PoolId SHOP = new PoolId("eu-west-1_Shop");
    private static final PoolId STAFF = new PoolId("eu-west-1_Staff");

    private final QuotaScheduler scheduler = new QuotaScheduler(15, 5);
    private final Map<Ticket, String> names = new HashMap<>();
    private long now;

    @Test
    void aThousandCallsOfOneNamespaceDelayAnotherNamespaceByAtMostOneTurn() {
        for (int i = 0; i < 1000; i++) {
            wait(SHOP, Operation.CREATE_CLIENT, USER, "greedy", "greedy" + i);
        }
        grants(100);
        wait(SHOP, Operation.CREATE_CLIENT, USER, "modest", "modest");
        assertThat(grants(2)).contains("modest");
    }

    @Test
    void aNamespaceThatRequeuesAtOnceDoesNotOvertakeWaitingCalls() {
        wait(SHOP, Operation.CREATE_CLIENT, USER, "quick", "quick");
        for (int i = 0; i < 10; i++) {
            wait(SHOP, Operation.CREATE_CLIENT, USER, "patient", "patient");
        }
        List<String> served = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String next = grants(1).getFirst();
            served.add(next);
            if (next.equals("quick")) {
                wait(SHOP, Operation.CREATE_CLIENT, USER, "quick", "quick");
            }
        }
        assertThat(served.stream().filter("patient"::equals)).hasSize(5);
    }

    @Test
    void neitherAPoolNorTheAccountEverExceedsItsLimitInAnySecond() {
        Random random = new Random(7);
        Map<PoolId, List<Long>> perPool = new HashMap<>();
        List<Long> all = new ArrayList<>();
        List<PoolId> pools = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            pools.add(new PoolId("eu-west-1_P" + i));
        }
        for (int i = 0; i < 3000; i++) {
            PoolId pool = pools.get(random.nextInt(pools.size()));
            wait(
                    pool,
                    Operation.CREATE_CLIENT,
                    random.nextBoolean() ? USER : DRIFT,
                    "n" + random.nextInt(50),
                    pool.value());
        }
        for (int i = 0; i < 3000; i++) {
            String pool = grants(1).getFirst();
            all.add(now);
            perPool.computeIfAbsent(new PoolId(pool), key -> new ArrayList<>()).add(now);
            now += random.nextLong(30_000_000);
        }
        assertThat(PacerTest.mostInOneSecond(all)).isEqualTo(15);
        assertThat(perPool.values())
                .allSatisfy(
                        times -> assertThat(PacerTest.mostInOneSecond(times)).isLessThanOrEqualTo(5));
    }

    @Test
    void userVisibleCallsGoFirstAndDriftChecksKeepATenth() {
        for (int i = 0; i < 500; i++) {
            wait(SHOP, Operation.DESCRIBE_CLIENT, USER, "a", "user");
            wait(SHOP, Operation.DESCRIBE_CLIENT, DRIFT, "b", "drift");
        }
        List<String> served = grants(100);
        assertThat(served.stream().filter("drift"::equals)).hasSize(10);
        assertThat(served.subList(0, 9)).containsOnly("user");
    }

    @Test
    void driftChecksOfOnePoolKeepTheirTenthWhileOtherPoolsAreServed() {
        for (int i = 0; i < 300; i++) {
            wait(SHOP, Operation.DESCRIBE_CLIENT, USER, "a", "user");
            wait(STAFF, Operation.DESCRIBE_CLIENT, DRIFT, "b", "other drift");
        }
        wait(SHOP, Operation.DESCRIBE_CLIENT, DRIFT, "b", "drift");
        assertThat(grants(40)).contains("drift");
    }

    @Test
    void driftChecksUseTheWholeQuotaWhenNoOtherCallWaits() {
        for (int i = 0; i < 20; i++) {
            wait(SHOP, Operation.DESCRIBE_CLIENT, DRIFT, "b", "drift");
        }
        grants(20);
        assertThat(now).isLessThan(4 * SECOND);
    }

    @Test
    void updatesAndDeletesOfOnePoolNeverOverlapAndBlockNeitherCreatesNorOtherPools() {
        Ticket update = wait(SHOP, Operation.UPDATE_CLIENT, USER, "a", "update");
        assertThat(grants(1)).containsExactly("update");
        wait(SHOP, Operation.DELETE_CLIENT, USER, "b", "delete");
        wait(SHOP, Operation.UPDATE_CLIENT, USER, "c", "second update");
        wait(SHOP, Operation.CREATE_CLIENT, USER, "a", "create");
        wait(STAFF, Operation.UPDATE_CLIENT, USER, "a", "elsewhere");

        assertThat(grants(2)).containsExactlyInAnyOrder("create", "elsewhere");
        assertThat(scheduler.readyAt()).isEqualTo(Long.MAX_VALUE);

        scheduler.callEnded(update);
        assertThat(grants(1)).hasSize(1);
        assertThat(scheduler.readyAt()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void updatesOfOnePoolNeverOverlapWithoutLimitsEither() {
        QuotaScheduler unlimited = new QuotaScheduler(0, 0);
        unlimited.enqueue(SHOP, Operation.UPDATE_CLIENT, USER, "a", () -> {});
        unlimited.enqueue(SHOP, Operation.UPDATE_CLIENT, USER, "b", () -> {});
        Ticket first = unlimited.next(0);
        assertThat(first).isNotNull();
        assertThat(unlimited.next(0)).isNull();
        unlimited.callEnded(first);
        assertThat(unlimited.next(0)).isNotNull();
    }

    @Test
    void aWithdrawnTicketCostsNoTurn() {
        Ticket gone = wait(SHOP, Operation.CREATE_CLIENT, USER, "a", "gone");
        wait(SHOP, Operation.CREATE_CLIENT, USER, "b", "next");
        scheduler.withdraw(gone);
        assertThat(grants(1)).containsExactly("next");
        assertThat(now).isZero();
    }

    @Test
    void anUnusedGrantGoesToTheNextCallAtOnce() {
        Ticket unused = wait(SHOP, Operation.UPDATE_CLIENT, USER, "a", "unused");
        wait(SHOP, Operation.UPDATE_CLIENT, USER, "b", "next");
        grants(1);
        scheduler.withdraw(unused);
        assertThat(grants(1)).containsExactly("next");
        assertThat(now).isZero();
    }

    @Test
    void atMostThreeGrantsOfAPoolArePendingUntilTheirCallsStartOrAreWithdrawn() {
        for (int i = 0; i < 7; i++) {
            wait(SHOP, Operation.CREATE_CLIENT, USER, "a", "shop");
        }
        wait(STAFF, Operation.CREATE_CLIENT, USER, "a", "staff");
        List<Ticket> preparing = new ArrayList<>();
        for (now = 0; now < 60 * SECOND; now += SECOND) {
            Ticket next = scheduler.next(now);
            if (next != null) {
                preparing.add(next);
            }
        }
        assertThat(preparing.stream().map(names::get)).containsOnlyOnce("staff").hasSize(4);
        assertThat(scheduler.readyAt()).as("until a call starts").isEqualTo(Long.MAX_VALUE);
        preparing.removeIf(ticket -> names.get(ticket).equals("staff"));

        scheduler.callStarted(preparing.get(0));
        assertThat(scheduler.next(now)).isNotNull();
        now += SECOND;
        assertThat(scheduler.next(now)).isNull();
        scheduler.withdraw(preparing.get(1));
        assertThat(scheduler.next(now)).isNotNull();
        now += SECOND;
        scheduler.callEnded(preparing.get(0));
        assertThat(scheduler.next(now))
                .as("the call was counted when it started")
                .isNull();
    }

    @Test
    void theGrantsOfAllPoolsThatArePendingStayBelowTheQuotaOfTheAccount() {
        for (int i = 0; i < 60; i++) {
            wait(new PoolId("eu-west-1_P" + i % 10), Operation.CREATE_CLIENT, USER, "a", "any");
        }
        int preparing = 0;
        for (now = 0; now < 60 * SECOND; now += SECOND) {
            preparing += scheduler.next(now) == null ? 0 : 1;
        }
        assertThat(preparing).isEqualTo(9);
        assertThat(scheduler.readyAt()).isEqualTo(Long.MAX_VALUE);
    }

    /** However long calls are delayed after their grant, a token bucket of one second's quota never runs empty. */
    @Test
    void delayedCallsNeverExceedTheQuotaInABurst() {
        Random random = new Random(11);
        PriorityQueue<Map.Entry<Long, Ticket>> held = new PriorityQueue<>(Map.Entry.comparingByKey());
        for (int i = 0; i < 2_000; i++) {
            wait(SHOP, Operation.CREATE_CLIENT, USER, "a", "any");
        }
        double tokens = 5;
        long filledAt = 0;
        for (int begun = 0; begun < 2_000; ) {
            for (Ticket next = scheduler.next(now); next != null; next = scheduler.next(now)) {
                long stall = random.nextInt(10) == 0 ? 3 * SECOND : SECOND / 100;
                held.add(Map.entry(now + stall + random.nextLong(SECOND / 10), next));
            }
            long departs = held.isEmpty() ? Long.MAX_VALUE : held.peek().getKey();
            now = Math.max(now, Math.min(departs, scheduler.readyAt()));
            while (!held.isEmpty() && held.peek().getKey() <= now) {
                scheduler.callStarted(held.remove().getValue());
                tokens = Math.min(5, tokens + 5.0 * (now - filledAt) / SECOND) - 1;
                filledAt = now;
                begun++;
                assertThat(tokens).as("after call " + begun).isNotNegative();
            }
        }
    }

    @Test
    void aThrottleSlowsAllCallsOfTheQuotaDown() {
        Ticket throttled = wait(SHOP, Operation.CREATE_CLIENT, USER, "a", "first");
        grants(1);
        scheduler.recordThrottle(throttled, now, 0);
        wait(STAFF, Operation.CREATE_CLIENT, USER, "b", "second");
        grants(1);
        assertThat(now).isEqualTo(SECOND);
    }

    @Test
    void tenThousandDriftChecksAreServedWithinTheBudgetAndFairly() {
        for (int i = 0; i < 10_000; i++) {
            wait(SHOP, Operation.DESCRIBE_CLIENT, DRIFT, "namespace" + i % 100, "namespace" + i % 100);
        }
        List<String> firstHundred = grants(100);
        assertThat(firstHundred).doesNotHaveDuplicates();
        grants(9_900);
        assertThat(now).isLessThan(2_045 * SECOND);
    }

    private Ticket wait(PoolId pool, Operation operation, Priority priority, String namespace, String name) {
        Ticket ticket = scheduler.enqueue(pool, operation, priority, namespace, () -> {});
        names.put(ticket, name);
        return ticket;
    }

    /** The names of the next grants; advances virtual time until there are enough. */
    private List<String> grants(int count) {
        List<String> granted = new ArrayList<>();
        while (granted.size() < count) {
            Ticket next = scheduler.next(now);
            if (next != null) {
                scheduler.callStarted(next);
                granted.add(names.get(next));
            } else {
                assertThat(scheduler.readyAt()).isBetween(now + 1, Long.MAX_VALUE - 1);
                now = scheduler.readyAt();
            }
        }
        return granted;
    }
}
