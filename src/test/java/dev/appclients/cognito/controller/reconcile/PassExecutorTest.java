package dev.appclients.cognito.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Checks how many reconciliations run at once, and their order. */
class PassExecutorTest extends OnPassExecutor {

    PassExecutorTest() {
        super(2);
    }

    @Test
    void atMostAsManyRunAtOnceAsThereArePermitsAndAllRun() {
        restartWith(4);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 2_000; i++) {
            submit("n" + i % 3, () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.yield();
                running.decrementAndGet();
                done.incrementAndGet();
            });
        }
        await().until(() -> done.get() == 2_000);
        assertThat(most).hasValueBetween(2, 4);
    }

    @Test
    void theQueueHasNoThreads() {
        for (int i = 0; i < 1_000; i++) {
            submit("n", () -> hold("started"));
        }
        await().until(() -> ran.size() == 2);
        assertThat(executor.shutdownNow()).hasSize(998);
    }

    @Test
    void namespacesTakeTurns() {
        restartWith(1);
        submit("busy", () -> hold("started"));
        for (int i = 0; i < 100; i++) {
            submit("busy", () -> ran.add("busy"));
        }
        submit("other", () -> ran.add("other"));
        open.countDown();

        await().until(() -> ran.size() == 102);
        assertThat(ran.subList(1, 4)).contains("other");
    }

    @Test
    void anotherPassRunsWhileOneWaitsForAws() {
        CountDownLatch answer = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            submit(
                    "n",
                    () -> pass().withoutPermit(() -> {
                        ran.add("waits");
                        waitFor(answer);
                        return "";
                    }));
        }
        await().until(() -> ran.size() == 2);
        submit("n", () -> ran.add("runs"));

        await().until(() -> ran.contains("runs"));
        answer.countDown();
    }

    @Test
    void aPassThatReturnsFromAwsGoesBeforeTheQueue() {
        restartWith(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicReference<Thread> returning = new AtomicReference<>();
        submit("n", () -> {
            returning.set(Thread.currentThread());
            pass().withoutPermit(() -> {
                ran.add("waits");
                waitFor(answer);
                return "";
            });
            ran.add("back");
        });
        await().until(() -> ran.contains("waits"));
        submit("n", () -> {
            ran.add("holds the permit");
            answer.countDown();
            waitFor(open);
        });
        submit("n", () -> ran.add("queued"));
        await().until(() -> ran.contains("holds the permit"));
        await().until(() -> waitsForItsPermit(returning.get()));
        open.countDown();

        await().until(() -> ran.size() == 4);
        assertThat(ran).containsExactly("waits", "holds the permit", "back", "queued");
    }

    @Test
    void workDuringAnAwsCallNeedsAPermit() {
        restartWith(1);
        AtomicBoolean asked = new AtomicBoolean();
        CountDownLatch turn = new CountDownLatch(1);
        AtomicReference<Thread> returning = new AtomicReference<>();
        submit(
                "n",
                () -> pass().withoutPermit(() -> {
                    returning.set(Thread.currentThread());
                    ran.add("waits");
                    waitFor(turn);
                    return pass().withPermit(() -> asked.getAndSet(true));
                }));
        await().until(() -> ran.contains("waits"));
        submit("n", () -> {
            hold("holds the permit");
        });
        await().until(() -> ran.contains("holds the permit"));
        turn.countDown();
        await().until(() -> waitsForItsPermit(returning.get()));
        assertThat(asked).isFalse();

        open.countDown();
        await().untilTrue(asked);
    }

    @Test
    void aPassThatThrowsReturnsItsPermit() {
        for (int i = 0; i < 10; i++) {
            submit("n", () -> {
                throw new IllegalStateException("expected by the test");
            });
        }
        submit("n", () -> ran.add("runs"));

        await().dontCatchUncaughtExceptions().until(() -> ran.contains("runs"));
    }

    @Test
    void afterAStopNoPassStartsAndRunningPassesFinish() throws InterruptedException {
        AtomicInteger finished = new AtomicInteger();
        for (int i = 0; i < 5; i++) {
            submit("n", () -> {
                hold("started");
                finished.incrementAndGet();
            });
        }
        await().until(() -> ran.size() == 2);
        executor.shutdown();
        assertThatThrownBy(() -> submit("n", () -> {})).isInstanceOf(RejectedExecutionException.class);
        open.countDown();

        assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(finished).hasValue(2);
    }

    @Test
    void anInterruptedPassKeepsItsResultAndTheInterruptFlag() {
        AtomicBoolean interrupted = new AtomicBoolean();
        submit("n", () -> {
            String result = pass().withoutPermit(() -> {
                Thread.currentThread().interrupt();
                return "result";
            });
            interrupted.set(Thread.interrupted());
            ran.add(result);
        });

        await().until(() -> ran.contains("result"));
        assertThat(interrupted).isTrue();
    }

    private void submit(String namespace, Runnable pass) {
        submit(new UserPoolClient(), namespace, pass);
    }

    private static boolean waitsForItsPermit(Thread thread) {
        return thread.getState() == Thread.State.WAITING
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(PassExecutor.class.getName())
                                && frame.getMethodName().equals("acquire"));
    }

    private static RunningPass pass() {
        return Objects.requireNonNull(RunningPass.current());
    }
}
