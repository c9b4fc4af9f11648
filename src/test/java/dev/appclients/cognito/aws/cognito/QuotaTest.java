package dev.appclients.cognito.aws.cognito;

import static dev.appclients.cognito.aws.cognito.SimulatedCognito.SHOP;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.access;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.aws.session.Accounts;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.simulator.JournalEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The budget with a service that enforces its quotas. */
class QuotaTest {

    private static final double SCALE = 10;

    @Test
    void theServiceNeverThrottlesAtTheFullQuotaWithNetworkJitter() throws InterruptedException {
        try (var cognito = withTheWholeQuota()) {
            cognito.simulator.latency(Duration.ZERO, Duration.ofMillis(20));
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                String name = "web" + i;
                threads.add(Thread.ofVirtual()
                        .start(() -> cognito.appClients.create(
                                access("n" + name.hashCode() % 7), settings(name), true, () -> true)));
            }
            assertAllSucceed(cognito, threads);
        }
    }

    /** The operator records the intent of a create before the call, so a stalled API server could release many calls at once. */
    @Test
    void theServiceNeverThrottlesAfterAStallBetweenPermitAndCall() throws InterruptedException {
        try (var cognito = withTheWholeQuota()) {
            AtomicInteger heldUp = new AtomicInteger();
            CountDownLatch standstill = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String name = "web" + i;
                threads.add(Thread.ofVirtual()
                        .start(() -> cognito.appClients.create(access("shop"), settings(name), true, () -> {
                            heldUp.incrementAndGet();
                            return hasEnded(standstill);
                        })));
            }
            int[] before = {0};
            await().during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> before[0] == (before[0] = heldUp.get()) && before[0] > 0);

            standstill.countDown();

            assertAllSucceed(cognito, threads);
        }
    }

    @Test
    void callsWithoutAnAnswerDoNotBlockOtherCalls() throws InterruptedException {
        try (var cognito = new SimulatedCognito(AwsConfiguration.DEFAULT.withQuotas(Quotas.DEFAULT))) {
            var pause = cognito.simulator
                    .faults()
                    .on("CreateUserPoolClient")
                    .always()
                    .pause();
            List<Object> outcomes = new CopyOnWriteArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                threads.add(create(cognito, outcomes));
            }

            await().atMost(Duration.ofSeconds(60)).until(() -> pause.hits() == 6);

            pause.release();
            awaitEnd(threads);
        }
    }

    /** The budget and the service both have ten times the default quota. */
    private static SimulatedCognito withTheWholeQuota() {
        var cognito = new SimulatedCognito(AwsConfiguration.DEFAULT.withQuotas(
                new Quotas(1, 15 * SCALE, 15 * SCALE, 15 * SCALE, 20 * SCALE, 5 * SCALE, 600 * SCALE)));
        cognito.simulator.quotas().on();
        cognito.simulator.quotas().scale(SCALE);
        return cognito;
    }

    private static void assertAllSucceed(SimulatedCognito cognito, List<Thread> threads) throws InterruptedException {
        awaitEnd(threads);
        assertThat(cognito.simulator.journal().entries())
                .extracting(JournalEntry::outcome)
                .containsOnly(JournalEntry.OK)
                .hasSameSizeAs(threads);
    }

    private static void awaitEnd(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
        }
    }

    private static boolean hasEnded(CountDownLatch standstill) {
        try {
            standstill.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void theListenerReceivesAThrottleWhichSlowsTheNextCallDown() {
        try (var cognito = new SimulatedCognito(AwsConfiguration.DEFAULT)) {
            cognito.simulator.faults().on("CreateUserPoolClient").times(1).throttle();
            long begun = System.nanoTime();
            CognitoAppClientsTest.failure(
                    () -> cognito.appClients.create(access("shop"), settings("web"), true, () -> true));
            cognito.appClients.create(access("shop"), settings("web"), true, () -> true);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(cognito.heard.getFirst().failure()).isEqualTo(FailureKind.THROTTLED);
            assertThat(cognito.heard.getLast().failure()).isNull();
            assertThat(cognito.heard.getLast().waited()).isPositive();
        }
    }

    @Test
    void aRoleInTheOperatorsOwnAccountSharesItsBudget() {
        Accounts accounts = new Accounts();
        var byRole = new PoolAccess(SHOP, "arn:aws:iam::123456789012:role/shop", null, "shop");
        assertThat(accounts.of(byRole)).isNotEqualTo(accounts.of(access("shop")));

        accounts.learn(access("shop"), new PoolArn("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/" + SHOP));
        assertThat(accounts.of(byRole)).isEqualTo(accounts.of(access("shop")));
    }

    @Test
    void closingCancelsWaitingCallsAndWaitsForTheCallInFlight() throws Exception {
        var cognito = new SimulatedCognito(AwsConfiguration.DEFAULT.withQuotas(new Quotas(1, 0, 0.01, 0, 0, 0, 0)));
        try (cognito.simulator) {
            var pause = cognito.simulator.faults().on("CreateUserPoolClient").pause();
            List<Object> outcomes = new CopyOnWriteArrayList<>();
            Thread calling = create(cognito, outcomes);
            pause.awaitHit(Duration.ofSeconds(10));
            Thread waiting = create(cognito, outcomes);
            Thread closing = Thread.ofVirtual().start(cognito.connection::close);
            assertThat(waiting.join(Duration.ofSeconds(60))).isTrue();
            assertThat(outcomes).containsExactly("cancelled");

            pause.release();
            assertThat(calling.join(Duration.ofSeconds(60))).isTrue();
            assertThat(closing.join(Duration.ofSeconds(60))).isTrue();
            assertThat(outcomes).containsExactly("cancelled", "created");
        }
    }

    private static Thread create(SimulatedCognito cognito, List<Object> outcomes) {
        return Thread.ofVirtual().start(() -> {
            try {
                cognito.appClients.create(access("shop"), settings("web"), true, () -> true);
                outcomes.add("created");
            } catch (CallCancelled e) {
                outcomes.add("cancelled");
            }
        });
    }
}
