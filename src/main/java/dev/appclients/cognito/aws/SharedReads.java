package dev.appclients.cognito.aws;

import dev.appclients.cognito.failure.FailedCall;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shares reads. Whoever asks gets the outcome of a read that began late enough for him: one that has just ended, the one that is
 * under way, or the next, which serves all who wait for it by then.
 *
 * @param <K> what is read
 * @param <V> what comes out
 */
final class SharedReads<K, V> {

    /** How long an outcome is kept for latecomers. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final String name;
    private final Function<K, Outcome<V>> reader;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, Reads<V>> byKey = new HashMap<>();

    /** The {@code reader} reads once; {@code name} is what its threads and a read that is given up are called. */
    SharedReads(String name, Function<K, Outcome<V>> reader, InstantSource clock) {
        this.name = name;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * What was read.
     *
     * @param begunAt when the first request left
     */
    record Outcome<V>(Instant begunAt, V value) {}

    /** Waits for a read that began late enough, or now if that is in the future; {@link FailedCall} if it did not come to its end. */
    Outcome<V> read(K key, Instant begunAtOrAfter) {
        Instant asked = clock.instant();
        Instant notBefore = begunAtOrAfter.isAfter(asked) ? asked : begunAtOrAfter;
        Share<V> first = readFor(key, notBefore);
        Outcome<V> outcome = await(first.read());
        boolean inTime =
                !outcome.begunAt().isBefore(notBefore) && !outcome.begunAt().isAfter(clock.instant());
        if (first.isLateEnough() || inTime) {
            return outcome;
        }
        // The first read began before the request. The second cannot, so its date decides nothing: the clock may be set
        // back.
        return await(readFor(key, notBefore).read());
    }

    private Share<V> readFor(K key, Instant notBefore) {
        lock.lock();
        try {
            Instant now = clock.instant();
            byKey.values().removeIf(reads -> reads.isForgettable(now));
            Reads<V> reads = byKey.computeIfAbsent(key, unknown -> new Reads<>());
            Outcome<V> last = reads.last;
            // One from the future was dated by a clock that has been set back since.
            if (last != null
                    && !last.begunAt().isBefore(notBefore)
                    && !last.begunAt().isAfter(now)) {
                return new Share<>(CompletableFuture.completedFuture(last), true);
            }
            if (reads.underWay != null) {
                return new Share<>(reads.underWay, false);
            }
            reads.underWay = start(key, reads);
            return new Share<>(reads.underWay, true);
        } finally {
            lock.unlock();
        }
    }

    /** On a thread of its own: no waiter's interruption ends the read of the others. */
    private CompletableFuture<Outcome<V>> start(K key, Reads<V> reads) {
        CompletableFuture<Outcome<V>> read = new CompletableFuture<>();
        Thread.ofVirtual().name(name).start(() -> {
            try {
                Outcome<V> outcome = reader.apply(key);
                ended(reads, outcome);
                read.complete(outcome);
            } catch (Throwable e) {
                ended(reads, null);
                read.completeExceptionally(e);
            }
        });
        return read;
    }

    private void ended(Reads<V> reads, @Nullable Outcome<V> outcome) {
        lock.lock();
        try {
            reads.underWay = null;
            reads.endedAt = clock.instant();
            if (outcome != null) {
                reads.last = outcome;
            }
        } finally {
            lock.unlock();
        }
    }

    private Outcome<V> await(CompletableFuture<Outcome<V>> read) {
        try {
            return read.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallNoLongerWanted(name);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case FailedCall failed -> new FailedCall(failed.failure());
                case CallNoLongerWanted closed -> new CallNoLongerWanted(name);
                case null, default -> new IllegalStateException("A shared read broke off: " + name, e.getCause());
            };
        }
    }

    /** A read to wait for, and whether it is known to have begun late enough, whatever its date says. */
    private record Share<V>(CompletableFuture<Outcome<V>> read, boolean isLateEnough) {}

    /** Guarded by the lock. */
    private static final class Reads<V> {

        private @Nullable CompletableFuture<Outcome<V>> underWay;
        private @Nullable Outcome<V> last;
        private Instant endedAt = Instant.MIN;

        /** One that ended in the future was dated by a clock that has been set back: its age is not known. */
        boolean isForgettable(Instant now) {
            return underWay == null && (endedAt.isBefore(now.minus(KEPT)) || endedAt.isAfter(now));
        }
    }
}
