package dev.appclients.cognito.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Records the newest 500,000 calls since the start or the last clear, in the order in which they ended. */
public final class Journal {

    private static final int KEPT = 500_000;

    private final Deque<JournalEntry> entries = new ArrayDeque<>();
    private final Map<Operation, AtomicLong> numbers = new EnumMap<>(Operation.class);
    private long lastSeq;

    Journal() {
        for (var each : Operation.values()) {
            numbers.put(each, new AtomicLong());
        }
    }

    public synchronized List<JournalEntry> entries() {
        return List.copyOf(entries);
    }

    public synchronized List<JournalEntry> entries(Predicate<JournalEntry> wanted) {
        return entries.stream().filter(wanted).toList();
    }

    /** The calls of one operation, such as {@code CreateUserPoolClient}. */
    public List<JournalEntry> of(String operation) {
        return entries(entry -> entry.operation().equals(operation));
    }

    /** The entries with a greater number. */
    public List<JournalEntry> since(long seq) {
        return entries(entry -> entry.seq() > seq);
    }

    public synchronized int size() {
        return entries.size();
    }

    /** Removes the entries. {@code seq} and the call numbers continue. */
    public synchronized void clear() {
        entries.clear();
    }

    long nextNumber(Operation operation) {
        return numbers.get(operation).incrementAndGet();
    }

    /** The number of received calls of an operation, including calls in flight. */
    public long received(String operation) {
        for (var each : Operation.values()) {
            if (each.wireName().equals(operation)) {
                return numbers.get(each).get();
            }
        }
        throw new IllegalArgumentException("The simulator does not serve " + operation + ".");
    }

    void add(
            Call call,
            @Nullable String clientId,
            @Nullable String clientName,
            @Nullable String secretId,
            String outcome,
            boolean committed) {
        double millis = (System.nanoTime() - call.startedNanos()) / 1_000 / 1_000.0;
        synchronized (this) {
            entries.add(new JournalEntry(
                    ++lastSeq,
                    call.at(),
                    call.operation().wireName(),
                    call.number(),
                    call.caller().arn(),
                    call.caller().account(),
                    call.region(),
                    call.poolId(),
                    clientId,
                    clientName,
                    secretId,
                    outcome,
                    committed,
                    millis));
            if (entries.size() > KEPT) {
                entries.removeFirst();
            }
        }
    }
}
