package dev.appclients.cognito.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests for a client become one, and a stop waits for none of them. */
class DelayedWakesTest {

    private static final int STOPS = 2_000;

    private final DelayedWakes wakes = new DelayedWakes();

    /** Informers request reconciliations until the end. */
    @Test
    @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aStopDuringRequestsEnds() throws Exception {
        wakes.setEventHandler(event -> {});
        AtomicBoolean stopped = new AtomicBoolean();
        AtomicLong made = new AtomicLong();
        CompletableFuture<Void> requests = CompletableFuture.runAsync(() -> {
            while (!stopped.get()) {
                wakes.wakeWithin(new ResourceID("web", "shop"), Duration.ZERO);
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
