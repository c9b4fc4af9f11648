package dev.appclients.cognito.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests for a client become one task of the timer, and a stop waits for none of them. */
class DelayedWakesTest {

    private static final int STOPS = 2_000;
    private static final Duration FAR = Duration.ofDays(90);
    private static final ResourceID WEB = new ResourceID("web", "shop");

    private final DelayedWakes wakes = new DelayedWakes();

    /** Every reconciliation of a client with a rotation requests the next one, which is due in months. */
    @Test
    void anEarlierRequestLeavesNoTaskInTheTimer() throws Exception {
        Semaphore woken = new Semaphore(0);
        wakes.setEventHandler(event -> woken.release());
        wakes.start();
        try {
            for (int i = 0; i < 1_000; i++) {
                wakes.wakeWithin(WEB, FAR);
                wakes.wakeWithin(WEB, Duration.ofMillis(1));
                assertThat(woken.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(wakes.queued()).isZero();
            assertThat(wakes.size()).isZero();
        } finally {
            wakes.stop();
        }
    }

    @Test
    void aDeletedClientLeavesNoTaskInTheTimer() {
        UserPoolClient web = new UserPoolClient();
        web.setMetadata(new ObjectMetaBuilder()
                .withName(WEB.getName())
                .withNamespace(WEB.getNamespace().orElseThrow())
                .build());
        wakes.start();
        try {
            wakes.wakeWithin(WEB, FAR);
            assertThat(wakes.queued()).isEqualTo(1);

            wakes.onResourceDeleted(web);

            assertThat(wakes.queued()).isZero();
            assertThat(wakes.size()).isZero();
        } finally {
            wakes.stop();
        }
    }

    /** Informers request reconciliations until the end. */
    @Test
    @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aStopDuringRequestsEnds() throws Exception {
        wakes.setEventHandler(event -> {});
        AtomicBoolean stopped = new AtomicBoolean();
        AtomicLong made = new AtomicLong();
        CompletableFuture<Void> requests = CompletableFuture.runAsync(() -> {
            while (!stopped.get()) {
                wakes.wakeWithin(WEB, Duration.ZERO);
                made.incrementAndGet();
            }
        });

        for (int i = 0; i < STOPS; i++) {
            wakes.start();
            long before = made.get();
            while (made.get() == before) {
                Thread.yield();
            }
            wakes.stop();
        }
        stopped.set(true);

        requests.get(60, TimeUnit.SECONDS);
        assertThat(wakes.size()).isZero();
    }
}
