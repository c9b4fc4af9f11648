package dev.appclients.cognito.aws.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.model.PoolId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waiting with real threads; {@link QuotaSchedulerTest} tests the order. */
class BudgetTest {

    private static final PoolId SHOP = new PoolId("eu-west-1_Shop");

    private Budget budget = new Budget(Quotas.UNLIMITED, System::nanoTime);

    @AfterEach
    void close() {
        budget.close();
    }

    @Test
    void thousandsOfVirtualThreadsGetPermitsAtTheConfiguredRate() throws InterruptedException {
        budget = new Budget(new Quotas(1, 0, 2000, 0, 0, 2000, 0), System::nanoTime);
        List<Long> times = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            String namespace = "n" + i % 10;
            threads.add(Thread.ofVirtual().start(() -> {
                try (var permit = create(namespace)) {
                    times.add(System.nanoTime());
                }
            }));
        }
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
        }
        List<Long> sorted = times.stream().sorted().toList();
        assertThat(sorted).hasSize(3000);
        assertThat(Duration.ofNanos(sorted.getLast() - sorted.getFirst())).isGreaterThan(Duration.ofMillis(1400));
    }

    @Test
    void updatesOfOnePoolRunOneAfterTheOther() throws InterruptedException {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try (var permit = budget.acquire("own", SHOP, Operation.UPDATE_CLIENT, Priority.USER, "n")) {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    Thread.yield();
                    atOnce.decrementAndGet();
                }
            }));
        }
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void anInterruptedThreadCostsNoTurn() throws InterruptedException {
        var held = budget.acquire("own", SHOP, Operation.UPDATE_CLIENT, Priority.USER, "n");
        AtomicReference<Object> outcome = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        Thread interrupted = Thread.ofVirtual().start(() -> {
            begun.countDown();
            try (var permit = budget.acquire("own", SHOP, Operation.UPDATE_CLIENT, Priority.USER, "n")) {
                outcome.set("granted");
            } catch (CallCancelled e) {
                outcome.set(Thread.currentThread().isInterrupted() ? "cancelled" : "flag lost");
            }
        });
        begun.await();
        interrupted.interrupt();
        assertThat(interrupted.join(Duration.ofSeconds(60))).isTrue();
        assertThat(outcome).hasValue("cancelled");

        held.close();
        budget.acquire("own", SHOP, Operation.UPDATE_CLIENT, Priority.USER, "n").close();
    }

    @Test
    void aCancelledPermitGoesToTheNextCallAtOnce() {
        budget = new Budget(new Quotas(1, 0, 0.01, 0, 0, 0, 0), System::nanoTime);
        AtomicInteger served = new AtomicInteger();
        var unused = create("a");
        Thread.ofVirtual().start(() -> {
            try (var permit = create("b")) {
                served.incrementAndGet();
            }
        });
        unused.cancel();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(served).hasValue(1));
    }

    @Test
    void accountsAndRegionsDoNotShareAQuota() {
        budget = new Budget(new Quotas(1, 0, 0.001, 0, 0, 0, 0), System::nanoTime);
        create("a").close();
        budget.acquire("222222222222", SHOP, Operation.CREATE_CLIENT, Priority.USER, "a")
                .close();
        budget.acquire("own", new PoolId("eu-west-2_Shop"), Operation.CREATE_CLIENT, Priority.USER, "a")
                .close();
    }

    private Budget.Permit create(String namespace) {
        return budget.acquire("own", SHOP, Operation.CREATE_CLIENT, Priority.USER, namespace);
    }
}
