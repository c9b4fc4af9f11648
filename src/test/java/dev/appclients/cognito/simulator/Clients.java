package dev.appclients.cognito.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The clients of one pool, by id. */
final class Clients {

    private static final long KEEP_NANOS = Duration.ofMinutes(10).toNanos();

    private final ConcurrentNavigableMap<String, ClientHistory> byId = new ConcurrentSkipListMap<>();
    private final SecretArchive archive = new SecretArchive();
    private final AtomicInteger live = new AtomicInteger();
    private final SimulatorClock clock;
    private volatile int limit = 1000;

    Clients(SimulatorClock clock) {
        this.clock = clock;
    }

    void limit(int most) {
        limit = most;
    }

    SecretArchive archive() {
        return archive;
    }

    int count() {
        return live.get();
    }

    /** Adds a client. Throws a {@link Refusal} if the pool is full. */
    void add(AppClient client) {
        if (live.incrementAndGet() > limit) {
            live.decrementAndGet();
            throw Refusal.limitExceeded("The user pool has reached its limit of " + limit + " user pool clients.");
        }
        archive.add(client.clientId(), client.secrets());
        byId.put(client.clientId(), new ClientHistory(client, clock.elapsedNanos()));
        dropDeletedNeighbour(client.clientId());
    }

    @Nullable
    AppClient get(String id) {
        var history = byId.get(id);
        return history == null ? null : history.latest();
    }

    /** Returns the client as a read with this lag shows it. */
    @Nullable
    AppClient get(String id, Duration lag) {
        var history = byId.get(id);
        return history == null ? null : seen(history, lag);
    }

    /** Returns the clients with a greater id, in the order of their ids, as a read with this lag shows them. */
    Stream<AppClient> after(String id, Duration lag) {
        return byId.tailMap(id, false).values().stream()
                .map(history -> seen(history, lag))
                .filter(Objects::nonNull);
    }

    List<AppClient> all() {
        return after("", Duration.ZERO).toList();
    }

    /** Changes a client under its own lock and returns the stored client. A change to null deletes it. */
    @Nullable
    AppClient change(String id, UnaryOperator<@Nullable AppClient> change) {
        var history = byId.get(id);
        if (history == null) {
            return change.apply(null);
        }
        synchronized (history) {
            var before = history.latest();
            var after = change.apply(before);
            if (before != after) {
                if (after != null) {
                    archive.add(id, after.secrets());
                }
                history.put(after, clock.elapsedNanos(), KEEP_NANOS);
                if (before != null && after == null) {
                    live.decrementAndGet();
                }
            }
            return after;
        }
    }

    private @Nullable AppClient seen(ClientHistory history, Duration lag) {
        return lag.isZero() ? history.latest() : history.at(clock.elapsedNanos() - lag.toNanos());
    }

    /** Drops the next deleted client once no lagging read can show it. A full sweep would cost more than it frees. */
    private void dropDeletedNeighbour(String id) {
        long now = clock.elapsedNanos();
        var next = byId.higherEntry(id);
        if (next != null && next.getValue().forgotten(now, KEEP_NANOS)) {
            if (byId.remove(next.getKey(), next.getValue())) {
                archive.forget(next.getKey());
            }
        }
    }
}
