package dev.appclients.cognito.aws;

import dev.appclients.cognito.aws.AppClients.Priority;
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
 * Hours of calls in a second: the lanes that decide in the operator who may call when, a service that answers after a while or
 * not at all, and a clock that jumps from event to event. One thread, and the same result every time.
 */
public final class VirtualCognito implements InstantSource {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    /** The calls that the simulations make. */
    public enum Call {
        CREATE(Operation.CREATE_CLIENT),
        UPDATE(Operation.UPDATE_CLIENT),
        DESCRIBE(Operation.DESCRIBE_CLIENT);

        private final Operation operation;

        Call(Operation operation) {
            this.operation = operation;
        }
    }

    private final Quotas quotas;
    private final long latency;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<Operation.Category, Lane> lanes = new EnumMap<>(Operation.Category.class);
    private final Map<Operation.Category, Long> alarms = new EnumMap<>(Operation.Category.class);
    private final Map<Ticket, Waiter> waiters = new IdentityHashMap<>();
    private final List<Made> made = new ArrayList<>();
    private final FailureKind troubleKind;
    private long troubleFrom;
    private long troubleUntil;
    private long now;
    private long lastEvent;

    /** @param trouble what a call comes to during an outage */
    public VirtualCognito(Quotas quotas, Duration latency, FailureKind trouble) {
        this.quotas = quotas;
        this.latency = latency.toNanos();
        this.troubleKind = trouble;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(now);
    }

    /** Since the start. */
    public Duration elapsed() {
        return Duration.ofNanos(now);
    }

    /** Between these two no call succeeds. */
    public void outage(Duration from, Duration until) {
        troubleFrom = from.toNanos();
        troubleUntil = until.toNanos();
    }

    /** Does something after this delay. */
    public void after(Duration delay, Runnable action) {
        events.add(new Event(now + delay.toNanos(), ++lastEvent, action));
    }

    /** Lets so much time pass since the start. */
    public void runUntil(Duration end) {
        while (!events.isEmpty() && events.peek().at() <= end.toNanos()) {
            Event next = events.remove();
            now = next.at();
            next.action().run();
        }
        now = end.toNanos();
    }

    /** Waits for its turn and calls; hears null when it succeeded, else what it came to. */
    public void call(String pool, Call call, boolean drift, String namespace, Consumer<@Nullable FailureKind> ended) {
        PoolId id = new PoolId(pool);
        Lane lane = lane(call.operation.category());
        Ticket ticket = lane.enqueue(id, call.operation, drift ? Priority.DRIFT : Priority.USER, namespace, () -> {});
        waiters.put(ticket, new Waiter(id, call, drift, ended));
        serve(call.operation.category());
    }

    /** How many calls were made between two moments since the start. */
    public long calls(Duration from, Duration until) {
        return made.stream()
                .filter(call -> call.at() >= from.toNanos() && call.at() < until.toNanos())
                .count();
    }

    /** The most calls of one operation on one pool within any second. */
    public int mostInOneSecond(Call operation) {
        return PacerTest.mostInOneSecond(made.stream()
                .filter(call -> call.waiter().call() == operation)
                .map(Made::at)
                .toList());
    }

    /** How many looks for drift were made between two moments since the start. */
    public long driftCalls(Duration from, Duration until) {
        return made.stream()
                .filter(call -> call.waiter().drift() && call.at() >= from.toNanos() && call.at() < until.toNanos())
                .count();
    }

    private Lane lane(Operation.Category category) {
        return lanes.computeIfAbsent(
                category, unknown -> new Lane(quotas.perSecond(category), quotas.perSecondInPool(category)));
    }

    private void serve(Operation.Category category) {
        Lane lane = lane(category);
        for (Ticket next = lane.next(now); next != null; next = lane.next(now)) {
            Ticket granted = next;
            lane.begun(granted);
            made.add(new Made(now, Objects.requireNonNull(waiters.get(granted))));
            after(Duration.ofNanos(latency), () -> end(category, granted));
        }
        long readyAt = lane.readyAt();
        if (readyAt != Long.MAX_VALUE && readyAt < alarms.getOrDefault(category, Long.MAX_VALUE)) {
            alarms.put(category, readyAt);
            after(Duration.ofNanos(readyAt - now), () -> {
                alarms.remove(category, readyAt);
                serve(category);
            });
        }
    }

    private void end(Operation.Category category, Ticket ticket) {
        Lane lane = lane(category);
        List<Ticket> spared = List.of();
        FailureKind failure = now >= troubleFrom && now < troubleUntil ? troubleKind : null;
        if (failure == null) {
            lane.answered(ticket);
        } else {
            spared = lane.failed(ticket, failure, now);
        }
        lane.release(ticket);
        hear(ticket, failure);
        spared.forEach(other -> hear(other, other.sparedFor()));
        serve(category);
    }

    private void hear(Ticket ticket, @Nullable FailureKind outcome) {
        Objects.requireNonNull(waiters.remove(ticket)).ended().accept(outcome);
    }

    private record Waiter(PoolId pool, Call call, boolean drift, Consumer<@Nullable FailureKind> ended) {}

    private record Made(long at, Waiter waiter) {}

    private record Event(long at, long number, Runnable action) implements Comparable<Event> {

        @Override
        public int compareTo(Event other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }
    }
}
