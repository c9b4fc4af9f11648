package dev.appclients.cognito.aws.budget;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Simulates hours of calls within a second: the operator's own schedulers, a service that answers after a latency or fails, and a
 * clock that jumps from event to event. Runs on one thread, with the same result every time.
 */
public final class VirtualCognito implements InstantSource {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    /** The calls that the simulations make. */
    public enum Call {
        CREATE(Operation.CREATE_CLIENT),
        UPDATE(Operation.UPDATE_CLIENT),
        DESCRIBE(Operation.DESCRIBE_CLIENT),
        LIST_SECRETS(Operation.LIST_SECRETS),
        ADD_SECRET(Operation.ADD_SECRET);

        private final Operation operation;

        Call(Operation operation) {
            this.operation = operation;
        }
    }

    private final Quotas quotas;
    private final long latency;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<Operation.Category, QuotaScheduler> schedulers = new EnumMap<>(Operation.Category.class);
    private final Map<Operation.Category, Long> wakeUps = new EnumMap<>(Operation.Category.class);
    private final Map<Ticket, Waiter> waiters = new IdentityHashMap<>();
    private final List<StartedCall> startedCalls = new ArrayList<>();
    private final FailureKind troubleKind;
    private long troubleFrom;
    private long troubleUntil;
    private long now;
    private long lastEvent;

    /** @param trouble the failure of each call during an outage */
    public VirtualCognito(Quotas quotas, Duration latency, FailureKind trouble) {
        this.quotas = quotas;
        this.latency = latency.toNanos();
        this.troubleKind = trouble;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(now);
    }

    /** The time since the start. */
    public Duration elapsed() {
        return Duration.ofNanos(now);
    }

    /** Fails all calls between these two moments since the start. */
    public void outage(Duration from, Duration until) {
        troubleFrom = from.toNanos();
        troubleUntil = until.toNanos();
    }

    /** Runs the action after this delay. */
    public void after(Duration delay, Runnable action) {
        events.add(new Event(now + delay.toNanos(), ++lastEvent, action));
    }

    /** Advances the clock to this time since the start. */
    public void runUntil(Duration end) {
        while (!events.isEmpty() && events.peek().at() <= end.toNanos()) {
            Event next = events.remove();
            now = next.at();
            next.action().run();
        }
        now = end.toNanos();
    }

    /** Queues a call. {@code ended} gets null for success, or the failure. */
    public void call(String pool, Call call, boolean drift, String namespace, Consumer<@Nullable FailureKind> ended) {
        PoolId id = new PoolId(pool);
        QuotaScheduler scheduler = scheduler(call.operation.category());
        Ticket ticket =
                scheduler.enqueue(id, call.operation, drift ? Priority.DRIFT : Priority.USER, namespace, () -> {});
        waiters.put(ticket, new Waiter(id, call, drift, ended));
        grantReady(call.operation.category());
    }

    /** How many calls were made between two moments since the start. */
    public long calls(Duration from, Duration until) {
        return startedCalls.stream()
                .filter(call -> call.at() >= from.toNanos() && call.at() < until.toNanos())
                .count();
    }

    /** The most calls of one operation on one pool within any second. */
    public int mostInOneSecond(Call operation) {
        return PacerTest.mostInOneSecond(startedCalls.stream()
                .filter(call -> call.waiter().call() == operation)
                .map(StartedCall::at)
                .toList());
    }

    /** How many drift checks were made between two moments since the start. */
    public long driftCalls(Duration from, Duration until) {
        return startedCalls.stream()
                .filter(call -> call.waiter().drift() && call.at() >= from.toNanos() && call.at() < until.toNanos())
                .count();
    }

    private QuotaScheduler scheduler(Operation.Category category) {
        return schedulers.computeIfAbsent(
                category, unknown -> new QuotaScheduler(quotas.perSecond(category), quotas.perSecondInPool(category)));
    }

    private void grantReady(Operation.Category category) {
        QuotaScheduler scheduler = scheduler(category);
        for (Ticket next = scheduler.next(now); next != null; next = scheduler.next(now)) {
            Ticket granted = next;
            scheduler.callStarted(granted);
            startedCalls.add(new StartedCall(now, Objects.requireNonNull(waiters.get(granted))));
            after(Duration.ofNanos(latency), () -> end(category, granted));
        }
        long readyAt = scheduler.readyAt();
        if (readyAt != Long.MAX_VALUE && readyAt < wakeUps.getOrDefault(category, Long.MAX_VALUE)) {
            wakeUps.put(category, readyAt);
            after(Duration.ofNanos(readyAt - now), () -> {
                wakeUps.remove(category, readyAt);
                grantReady(category);
            });
        }
    }

    private void end(Operation.Category category, Ticket ticket) {
        QuotaScheduler scheduler = scheduler(category);
        List<Ticket> shortCircuited = List.of();
        FailureKind failure = now >= troubleFrom && now < troubleUntil ? troubleKind : null;
        if (failure == null) {
            scheduler.recordAnswer(ticket);
        } else {
            shortCircuited = scheduler.recordFailure(ticket, failure, now);
        }
        scheduler.callEnded(ticket);
        notifyWaiter(ticket, failure);
        shortCircuited.forEach(other -> notifyWaiter(other, other.shortCircuitedBy()));
        grantReady(category);
    }

    private void notifyWaiter(Ticket ticket, @Nullable FailureKind outcome) {
        Objects.requireNonNull(waiters.remove(ticket)).ended().accept(outcome);
    }

    private record Waiter(PoolId pool, Call call, boolean drift, Consumer<@Nullable FailureKind> ended) {}

    private record StartedCall(long at, Waiter waiter) {}

    private record Event(long at, long number, Runnable action) implements Comparable<Event> {

        @Override
        public int compareTo(Event other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }
    }
}
