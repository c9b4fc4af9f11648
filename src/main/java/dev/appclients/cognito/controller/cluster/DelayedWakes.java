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
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Requests reconciliations of clients after a delay. Several requests for one client become one, at the earliest of their times. */
final class DelayedWakes extends AbstractEventSource<Void, UserPoolClient>
        implements ResourceEventAware<UserPoolClient> {

    /** Many claims of a client may change at once. */
    private static final Duration SOON = Duration.ofMillis(500);

    private final Map<ResourceID, Request> due = new ConcurrentHashMap<>();

    private @Nullable ScheduledThreadPoolExecutor timer;

    DelayedWakes() {
        super(Void.class, "claims");
    }

    /** @param at the due time by {@link System#nanoTime} */
    private record Request(long at, ScheduledFuture<?> task) {}

    /** Requests one reconciliation for all calls within half a second. */
    void wakeSoon(ResourceID client) {
        wakeWithin(client, SOON);
    }

    /** Does nothing unless the reconciler runs. Its start reconciles every client. */
    void wakeWithin(ResourceID client, Duration delay) {
        long at = System.nanoTime() + delay.toNanos();
        due.compute(client, (id, known) -> {
            if (known != null && known.at() - at <= 0) {
                return known;
            }
            if (known != null) {
                known.task().cancel(false);
            }
            ScheduledFuture<?> task = schedule(id, at, delay);
            return task == null ? null : new Request(at, task);
        });
    }

    private synchronized @Nullable ScheduledFuture<?> schedule(ResourceID client, long at, Duration delay) {
        if (timer == null) {
            return null;
        }
        ScheduledFuture<?> task = timer.schedule(() -> wake(client, at), delay.toNanos(), TimeUnit.NANOSECONDS);
        return task.isCancelled() ? null : task;
    }

    /** An earlier request may have replaced this one. */
    private void wake(ResourceID client, long at) {
        AtomicBoolean current = new AtomicBoolean();
        due.computeIfPresent(client, (id, known) -> {
            current.set(known.at() == at);
            return current.get() ? null : known;
        });
        if (current.get()) {
            getEventHandler().handleEvent(new Event(client));
        }
    }

    /** The number of clients with a request. */
    int size() {
        return due.size();
    }

    /** The number of tasks that wait in the timer. */
    synchronized int queued() {
        return timer == null ? 0 : timer.getQueue().size();
    }

    @Override
    public synchronized void start() {
        super.start();
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("delayed-wakes").factory());
        // A request can be due in months. Its task must not wait until then.
        timer.setRemoveOnCancelPolicy(true);
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
        Request request = due.remove(ResourceID.fromResource(client));
        if (request != null) {
            request.task().cancel(false);
        }
    }

    @Override
    public Set<Void> getSecondaryResources(UserPoolClient client) {
        return Set.of();
    }
}
