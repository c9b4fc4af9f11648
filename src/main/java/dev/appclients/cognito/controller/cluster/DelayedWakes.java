package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Requests reconciliations of clients after a delay. Several requests for one client become one, at the earliest of their times. */
final class DelayedWakes extends AbstractEventSource<Void, UserPoolClient>
        implements ResourceEventAware<UserPoolClient> {

    /** Many claims of a client may change at once. */
    private static final Duration SOON = Duration.ofMillis(500);

    /** The due times by {@link System#nanoTime}. */
    private final Map<ResourceID, Long> due = new ConcurrentHashMap<>();

    private @Nullable ScheduledThreadPoolExecutor timer;

    DelayedWakes() {
        super(Void.class, "claims");
    }

    /** Requests one reconciliation for all calls within half a second. */
    void wakeSoon(ResourceID client) {
        wakeWithin(client, SOON);
    }

    /** Does nothing unless the reconciler runs. Its start reconciles every client. */
    void wakeWithin(ResourceID client, Duration delay) {
        long at = System.nanoTime() + delay.toNanos();
        due.compute(client, (id, known) -> {
            if (known != null && known - at <= 0) {
                return known;
            }
            return schedule(id, at, delay) ? at : null;
        });
    }

    private synchronized boolean schedule(ResourceID client, long at, Duration delay) {
        if (timer == null) {
            return false;
        }
        ScheduledFuture<?> wake = timer.schedule(() -> wake(client, at), delay.toNanos(), TimeUnit.NANOSECONDS);
        return !wake.isCancelled();
    }

    /** An earlier request may have replaced this one. */
    private void wake(ResourceID client, long at) {
        if (due.remove(client, at)) {
            getEventHandler().handleEvent(new Event(client));
        }
    }

    /** The number of clients with a request. */
    int size() {
        return due.size();
    }

    @Override
    public synchronized void start() {
        super.start();
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("delayed-wakes").factory());
    }

    @Override
    public void stop() {
        stopTimer();
        // Without the lock: a request locks its entry first, and waits for this lock then.
        due.clear();
    }

    private synchronized void stopTimer() {
        super.stop();
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    @Override
    public void onResourceDeleted(UserPoolClient client) {
        due.remove(ResourceID.fromResource(client));
    }

    @Override
    public Set<Void> getSecondaryResources(UserPoolClient client) {
        return Set.of();
    }
}
