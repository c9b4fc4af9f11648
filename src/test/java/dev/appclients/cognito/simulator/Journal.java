package dev.appclients.cognito.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Every call since the start or the last clear, in the order in which calls ended; the newest half million. */
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

    /** What was added after the entry with this number. */
    public List<JournalEntry> since(long seq) {
        return entries(entry -> entry.seq() > seq);
    }

    public synchronized int size() {
        return entries.size();
    }

    /** Forgets the entries; {@code seq} and the call numbers go on. */
    public synchronized void clear() {
        entries.clear();
    }

    long nextNumber(Operation operation) {
        return numbers.get(operation).incrementAndGet();
    }

    /** How many calls of it have come in, also those that have not ended. */
    public long received(String operation) {
        for (var each : Operation.values()) {
            if (each.wireName().equals(operation)) {
                return numbers.get(each).get();
            }
        }
        throw new IllegalArgumentException("The simulator does not serve " + operation + ".");
    }

    void add(Call call, @Nullable String clientId, @Nullable String clientName, String outcome, boolean committed) {
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
                    outcome,
                    committed,
                    millis));
            if (entries.size() > KEPT) {
                entries.removeFirst();
            }
        }
    }
}
